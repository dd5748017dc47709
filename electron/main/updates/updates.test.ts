import { expect, test } from 'vitest';
import type { NewVersion, Updates } from '../../../shared/contract/updates';
import { createUpdates, type Updater } from './updates';

const newVersion: NewVersion = { version: '1.1.0', notes: 'Better skies.' };
const hourMs = 60 * 60 * 1000;

/** An updater whose feed is controlled by the test. */
function createFeed() {
  const feed = {
    offer: null as NewVersion | null,
    error: null as Error | null,
    checks: 0,
    canInstall: true,
  };
  const updater: Updater = {
    async check() {
      feed.checks += 1;
      if (feed.error) throw feed.error;
      return feed.offer;
    },
    async download(onProgress) {
      onProgress(0.5);
      if (feed.error) throw feed.error;
    },
    install: () => feed.canInstall,
    isDamaged: (error) => error instanceof Error && error.message === 'damaged',
  };
  return { feed, updater };
}

function setUp() {
  const { feed, updater } = createFeed();
  const clock = { time: 1_000_000 };
  const allowed = { daily: true };
  const states: Updates[] = [];
  const updates = createUpdates({
    current: '1.0.0',
    updater,
    server: 'updates.example',
    onChange: (state) => states.push(state),
    mayCheck: () => allowed.daily,
    now: () => clock.time,
  });
  return { feed, clock, allowed, states, updates };
}

test('never checks without a feed and reports that updates are off', async () => {
  const updates = createUpdates({
    current: '1.0.0',
    updater: null,
    server: null,
    onChange: () => {},
    mayCheck: () => true,
    now: () => 0,
  });
  await updates.checkDaily();
  expect(await updates.check()).toMatchObject({ ok: true, value: { state: { kind: 'off' } } });
  expect(await updates.download()).toMatchObject({ ok: false, code: 'no_update' });
});

test('does not check by itself while the user forbids it, and checks when asked', async () => {
  const { feed, clock, allowed, updates } = setUp();
  allowed.daily = false;
  for (let days = 0; days < 3; days += 1) {
    await updates.checkDaily();
    clock.time += 24 * hourMs;
  }
  expect(feed.checks).toBe(0);
  await updates.check();
  expect(feed.checks).toBe(1);
  allowed.daily = true;
  clock.time += 24 * hourMs;
  await updates.checkDaily();
  expect(feed.checks).toBe(2);
});

test('checks once a day however often it is called', async () => {
  const { feed, clock, updates } = setUp();
  for (let hours = 0; hours <= 48; hours += 1) {
    await updates.checkDaily();
    clock.time += hourMs;
  }
  expect(feed.checks).toBe(3);
});

test.each([
  ['years ahead and is right again', 1e11],
  ['back to 1970', -1e6],
])('goes on with its daily checks after the clock was %s', async (_what, step) => {
  const { feed, clock, updates } = setUp();
  clock.time += step;
  await updates.checkDaily();
  clock.time -= step;
  for (let hours = 0; hours <= 48; hours += 1) {
    await updates.checkDaily();
    clock.time += hourMs;
  }
  expect(feed.checks).toBeGreaterThanOrEqual(3);
});

test('reports a failed check only if the user requested it', async () => {
  const { feed, states, updates } = setUp();
  feed.error = new Error('offline');
  await updates.checkDaily();
  expect(states.at(-1)).toMatchObject({ state: { kind: 'none' }, checkedAt: null, problem: null });
  expect(await updates.check()).toMatchObject({ ok: false, code: 'update_not_checked' });
  expect(states.at(-1)).toMatchObject({ state: { kind: 'none' }, problem: { code: 'update_not_checked' } });
});

test.each<[string, Error | null, number]>([
  ['fails, makes its own check', new Error('offline'), 2],
  ['succeeds, takes its answer', null, 1],
])('a check that the user requests during a daily one which %s', async (_what, error, checks) => {
  const { feed, updates } = setUp();
  feed.offer = newVersion;
  feed.error = error;
  const daily = updates.checkDaily();
  feed.error = null;
  const requested = updates.check();
  expect(updates.read().state.kind).toBe('checking');
  await daily;
  expect(await requested).toMatchObject({ ok: true, value: { state: { kind: 'available' } } });
  expect(feed.checks).toBe(checks);
});

test('a check that the user requests during a daily one says that both failed', async () => {
  const { feed, updates } = setUp();
  feed.error = new Error('offline');
  const daily = updates.checkDaily();
  expect(await updates.check()).toMatchObject({ ok: false, code: 'update_not_checked' });
  expect(updates.read().problem).toMatchObject({ code: 'update_not_checked' });
  await daily;
});

test('downloads and installs only on request', async () => {
  const { feed, states, updates } = setUp();
  feed.offer = newVersion;
  expect(updates.install()).toMatchObject({ ok: false, code: 'no_update' });
  await updates.checkDaily();
  expect(updates.read().state).toEqual({ kind: 'available', ...newVersion });
  await updates.download();
  expect(states.map(({ state }) => state.kind)).toEqual([
    'checking',
    'available',
    'downloading',
    'downloading',
    'ready',
  ]);
  // A later check must not discard a version that is ready.
  feed.offer = null;
  await updates.check();
  expect(updates.read().state.kind).toBe('ready');
  expect(updates.install()).toMatchObject({ ok: true });
});

test.each([
  ['damaged', 'update_damaged'],
  ['cut off', 'update_not_downloaded'],
])('keeps the offer and reports the reason after a download that is %s', async (message, code) => {
  const { feed, updates } = setUp();
  feed.offer = newVersion;
  await updates.check();
  feed.error = new Error(message);
  expect(await updates.download()).toMatchObject({ ok: false, code });
  expect(updates.read()).toMatchObject({ state: { kind: 'available', ...newVersion }, problem: { code } });
  feed.error = null;
  await updates.download();
  expect(updates.read()).toMatchObject({ state: { kind: 'ready' }, problem: null });
});

test('reports an installation that does not start and allows a retry', async () => {
  const { feed, updates } = setUp();
  feed.offer = newVersion;
  await updates.check();
  await updates.download();
  feed.canInstall = false;
  expect(updates.install()).toMatchObject({ ok: false, code: 'update_not_installed' });
  expect(updates.read().state.kind).toBe('ready');
});
