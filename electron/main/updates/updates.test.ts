// When newer versions are looked for, what the user is told, and that a failure changes nothing.
import { expect, test } from 'vitest';
import type { NewVersion, Updates } from '../../../shared/contract/updates';
import { createUpdates, type Updater } from './updates';

const newer: NewVersion = { version: '1.1.0', notes: 'Better skies.' };
const hour = 60 * 60 * 1000;

/** An updater whose feed is what a test says. */
function createFeed() {
  const feed = {
    offers: null as NewVersion | null,
    fails: null as Error | null,
    checks: 0,
    installs: true,
  };
  const updater: Updater = {
    async check() {
      feed.checks += 1;
      if (feed.fails) throw feed.fails;
      return feed.offers;
    },
    async download(onProgress) {
      onProgress(0.5);
      if (feed.fails) throw feed.fails;
    },
    install: () => feed.installs,
    isDamaged: (error) => error instanceof Error && error.message === 'damaged',
  };
  return { feed, updater };
}

function setUp() {
  const { feed, updater } = createFeed();
  const clock = { time: 1_000_000 };
  const told: Updates[] = [];
  const updates = createUpdates({
    current: '1.0.0',
    updater,
    onChange: (state) => told.push(state),
    now: () => clock.time,
  });
  return { feed, clock, told, updates };
}

test('without a feed nothing is ever asked, and the screen is told so', async () => {
  const updates = createUpdates({ current: '1.0.0', updater: null, onChange: () => {}, now: () => 0 });
  await updates.checkDaily();
  expect(await updates.check()).toMatchObject({ ok: true, value: { state: { kind: 'off' } } });
  expect(await updates.download()).toMatchObject({ ok: false, code: 'no_update' });
});

test('it looks once a day by itself, however often it is woken', async () => {
  const { feed, clock, updates } = setUp();
  for (let hours = 0; hours <= 48; hours += 1) {
    await updates.checkDaily();
    clock.time += hour;
  }
  expect(feed.checks).toBe(3);
});

test('a look that fails is told only to a person who asked for it', async () => {
  const { feed, told, updates } = setUp();
  feed.fails = new Error('offline');
  await updates.checkDaily();
  expect(told.at(-1)).toMatchObject({ state: { kind: 'none' }, checkedAt: null, problem: null });
  expect(await updates.check()).toMatchObject({ ok: false, code: 'update_not_checked' });
  expect(told.at(-1)).toMatchObject({ state: { kind: 'none' }, problem: { code: 'update_not_checked' } });
});

test('found, downloaded, ready: each only when it is asked for', async () => {
  const { feed, told, updates } = setUp();
  feed.offers = newer;
  expect(updates.install()).toMatchObject({ ok: false, code: 'no_update' });
  await updates.checkDaily();
  expect(updates.read().state).toEqual({ kind: 'available', ...newer });
  await updates.download();
  expect(told.map(({ state }) => state.kind)).toEqual([
    'checking',
    'available',
    'downloading',
    'downloading',
    'ready',
  ]);
  // What is ready is not forgotten by a look that comes later.
  feed.offers = null;
  await updates.check();
  expect(updates.read().state.kind).toBe('ready');
  expect(updates.install()).toMatchObject({ ok: true });
});

test.each([
  ['damaged', 'update_damaged'],
  ['cut off', 'update_not_downloaded'],
])('a download that is %s leaves the offer as it was, with the reason', async (message, code) => {
  const { feed, updates } = setUp();
  feed.offers = newer;
  await updates.check();
  feed.fails = new Error(message);
  expect(await updates.download()).toMatchObject({ ok: false, code });
  expect(updates.read()).toMatchObject({ state: { kind: 'available', ...newer }, problem: { code } });
  feed.fails = null;
  await updates.download();
  expect(updates.read()).toMatchObject({ state: { kind: 'ready' }, problem: null });
});

test('an installation that does not begin says so, and can be tried again', async () => {
  const { feed, updates } = setUp();
  feed.offers = newer;
  await updates.check();
  await updates.download();
  feed.installs = false;
  expect(updates.install()).toMatchObject({ ok: false, code: 'update_not_installed' });
  expect(updates.read().state.kind).toBe('ready');
});
