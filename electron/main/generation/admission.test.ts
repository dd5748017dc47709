import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Limits } from '../../../shared/domain/limits';
import type { Job, PictureJob } from '../../../shared/generator/messages';
import { newId } from '../db/new-id';
import { openPlain } from '../db/test-database';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createTestContext } from '../test-support/test-context';
import { createAdmission, startOfMonth } from './admission';

const now = new Date(2026, 10, 22, 14, 30, 5).getTime();

function picture(provider: PictureJob['provider'] = 'google', model = 'gemini-nano-banana-2.1'): PictureJob {
  const params = { aspectRatio: '1:1', seed: 1 } as const;
  return { kind: 'picture', jobId: newId(), provider, model, prompt: 'a fox', params };
}

function createWorld(limits: Limits, cap: number | null = null) {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = path.join(folder, 'test.db');
  const { store } = createTestContext(file);
  onTestFinished(() => store.close());
  const held: { job: PictureJob; requestedAt: number | null }[] = [];
  const admission = createAdmission({
    store,
    limits: () => limits,
    monthlyCap: () => cap,
    unfinishedPictures: () => held,
    now: () => now,
  });
  /** Does as boot does: what passes is held. */
  const ask = (job: PictureJob) => {
    const refused = admission(job);
    if (refused === null) held.push({ job, requestedAt: null });
    return refused;
  };
  return { store, file, held, admission, ask };
}

function attempt(changes: object = {}) {
  return {
    id: newId(),
    messageId: newId(),
    provider: 'google',
    model: 'gemini-nano-banana-2.1',
    outcome: 'ready',
    errorCode: null,
    requestedAt: now - 30_000,
    durationMs: 5,
    costMicroUsd: 33_600,
    ...changes,
  };
}

test('of fifty at once with a limit of ten, ten pass and forty are told when', () => {
  const { ask } = createWorld({ perMinute: 10, perDay: null });
  const refused = Array.from({ length: 50 }, () => ask(picture())).flatMap((outcome) => outcome ?? []);
  expect(refused).toHaveLength(40);
  for (const outcome of refused) {
    expect(outcome).toMatchObject({
      code: 'limit_minute',
      costMicroUsd: null,
      message:
        'Your limit for Google is 10 pictures a minute. Try again at 14:31:05, or raise the limit in Settings.',
    });
  }
});

test('the log, what is on its way into it and what is held count together, each once', () => {
  const { store, held, ask } = createWorld({ perMinute: null, perDay: 3 });
  store.generationLog.insert(attempt());
  store.outbox.add(newId(), { kind: 'attempt', row: attempt({ requestedAt: now - 3_600_000 }) }, now);
  held.push({ job: picture(), requestedAt: now - 1_000 });
  expect(ask(picture())).toMatchObject({
    code: 'limit_day',
    message: expect.stringContaining('3 pictures a day. Try again at 13:31 tomorrow'),
  });
});

test('another provider, and what never left, count nothing', () => {
  const { store, held, ask } = createWorld({ perMinute: 1, perDay: 1 });
  store.generationLog.insert(attempt({ provider: 'openai' }));
  for (const errorCode of ['cancelled', 'unreachable', 'key_missing']) {
    store.generationLog.insert(attempt({ outcome: 'failed', errorCode, costMicroUsd: null }));
  }
  held.push({ job: picture('openai', 'gpt-image-1'), requestedAt: now });
  expect(ask(picture())).toBeNull();
  expect(ask(picture())).toMatchObject({ code: 'limit_day' });
});

test('a poisoned entry in the outbox is no attempt, and stops nothing', () => {
  const { file, ask } = createWorld({ perMinute: 1, perDay: 1 }, 1_000_000);
  const database = openPlain(file);
  database.prepare(`INSERT INTO outbox VALUES (?, 'attempt', '{"provider":', 1)`).run(newId());
  database.prepare(`INSERT INTO outbox VALUES (?, 'attempt', '[7]', 1)`).run(newId());
  database.close();
  expect(ask(picture())).toBeNull();
});

function words(provider: Job['provider'], model: string | null): Job {
  return { kind: 'text', jobId: newId(), provider, model, text: 'hi', history: [] };
}

test('words and what is looked for on disk are in no limit of pictures', () => {
  const { ask, admission } = createWorld({ perMinute: 1, perDay: 1 });
  ask(picture());
  expect(admission(words('google', 'gemini-3.8-flash'))).toBeNull();
  expect(admission({ ...picture(), kind: 'recover' })).toBeNull();
});

test('words stop once the month has cost what it may, where they are billed and their price is known', () => {
  const { store, held, admission } = createWorld({ perMinute: null, perDay: null }, 67_200);
  store.generationLog.insert(attempt());
  expect(admission(words('google', 'gemini-3.8-flash'))).toBeNull();
  held.push({ job: picture(), requestedAt: now });
  for (const [provider, model] of [
    ['google', 'gemini-3.8-flash'],
    ['google', 'gemini-3.7-flash'],
    ['openai', 'gpt-5-mini'],
  ] as const) {
    expect(admission(words(provider, model))).toMatchObject({ code: 'cap_reached', costMicroUsd: null });
  }
  expect(admission(words('openai', 'of-a-server-at-home'))).toBeNull();
  expect(admission(words('painter', null))).toBeNull();
});

test('the cap cannot stop a picture whose price nobody knows', () => {
  const { ask } = createWorld({ perMinute: null, perDay: null }, 0);
  expect(ask(picture('google', 'gemini-of-next-year'))).toBeNull();
  expect(ask(picture())).toMatchObject({ code: 'cap_reached' });
});

test('the monthly cap counts this month, what is under way, and what failed but may be charged', () => {
  const { store, ask } = createWorld({ perMinute: null, perDay: null }, 134_400);
  store.generationLog.insert(attempt({ requestedAt: startOfMonth(now) - 1 }));
  store.generationLog.insert(attempt({ requestedAt: startOfMonth(now) }));
  store.generationLog.insert(attempt({ outcome: 'interrupted', errorCode: 'interrupted' }));
  expect(ask(picture())).toBeNull();
  expect(ask(picture())).toBeNull();
  expect(ask(picture())).toMatchObject({ code: 'cap_reached', message: expect.stringContaining('cap') });
  expect(ask(picture('painter', 'painter-1'))).toBeNull();
});

test('after the clock was set back, the day is named that the limit is free on', () => {
  const { store, ask } = createWorld({ perMinute: null, perDay: 1 });
  store.generationLog.insert(attempt({ requestedAt: now + 20 * 3_600_000 }));
  // Sunday 14:30:05, and 44 hours.
  expect(ask(picture())?.message).toContain('Try again at 10:31 on Tuesday');
});
