import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Limits } from '../../../shared/domain/limits';
import type { Job, PictureJob } from '../../../shared/generator/jobs';
import { newId } from '../db/new-id';
import { openPlain } from '../db/test-database';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createTestContext } from '../test-support/test-context';
import { createAdmission, startOfMonth } from './admission';

const now = new Date(2026, 10, 22, 14, 30, 5).getTime();

function picture(provider: PictureJob['provider'] = 'google', model = 'gemini-nano-banana-2.1'): PictureJob {
  const params = { aspectRatio: '1:1', seed: 1 } as const;
  return { kind: 'picture', jobId: newId(), requestId: newId(), provider, model, prompt: 'a fox', params };
}

function createWorld(limits: Limits, cap: number | null = null) {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = path.join(folder, 'test.db');
  const { store } = createTestContext(file);
  onTestFinished(() => store.close());
  const unfinished: { job: PictureJob; requestedAt: number | null }[] = [];
  const admission = createAdmission({
    store,
    limits: () => limits,
    monthlyCap: () => cap,
    unfinishedPictures: () => unfinished,
    now: () => now,
  });
  /** Admits a job as boot does: an admitted picture is unfinished from then on. */
  const request = (job: PictureJob) => {
    const refused = admission(job);
    if (refused === null) unfinished.push({ job, requestedAt: null });
    return refused;
  };
  return { store, file, unfinished, admission, request };
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

test('admits ten of fifty at once with a limit of ten and tells the others when', () => {
  const { request } = createWorld({ perMinute: 10, perDay: null });
  const refused = Array.from({ length: 50 }, () => request(picture())).flatMap((outcome) => outcome ?? []);
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

test('counts the log, the outbox and unfinished pictures together, each once', () => {
  const { store, unfinished, request } = createWorld({ perMinute: null, perDay: 3 });
  store.generationLog.insert(attempt());
  store.outbox.add(newId(), { kind: 'attempt', row: attempt({ requestedAt: now - 3_600_000 }) }, now);
  unfinished.push({ job: picture(), requestedAt: now - 1_000 });
  expect(request(picture())).toMatchObject({
    code: 'limit_day',
    message: expect.stringContaining('3 pictures a day. Try again at 13:31 tomorrow'),
  });
});

test('does not count another provider or requests that never left', () => {
  const { store, unfinished, request } = createWorld({ perMinute: 1, perDay: 1 });
  store.generationLog.insert(attempt({ provider: 'openai' }));
  for (const errorCode of ['cancelled', 'unreachable', 'key_missing']) {
    store.generationLog.insert(attempt({ outcome: 'failed', errorCode, costMicroUsd: null }));
  }
  unfinished.push({ job: picture('openai', 'gpt-image-1'), requestedAt: now });
  expect(request(picture())).toBeNull();
  expect(request(picture())).toMatchObject({ code: 'limit_day' });
});

test('ignores a damaged outbox entry', () => {
  const { file, request } = createWorld({ perMinute: 1, perDay: 1 }, 1_000_000);
  const database = openPlain(file);
  database.prepare(`INSERT INTO outbox VALUES (?, 'attempt', '{"provider":', 1)`).run(newId());
  database.prepare(`INSERT INTO outbox VALUES (?, 'attempt', '[7]', 1)`).run(newId());
  database.close();
  expect(request(picture())).toBeNull();
});

function textJob(provider: Job['provider'], model: string | null): Job {
  return { kind: 'text', jobId: newId(), requestId: newId(), provider, model, text: 'hi', history: [] };
}

test('does not limit text replies and recoveries', () => {
  const { request, admission } = createWorld({ perMinute: 1, perDay: 1 });
  request(picture());
  expect(admission(textJob('google', 'gemini-3.8-flash'))).toBeNull();
  expect(admission({ ...picture(), kind: 'recover' })).toBeNull();
});

test('refuses billed text replies with a known price once the monthly cap is reached', () => {
  const { store, unfinished, admission } = createWorld({ perMinute: null, perDay: null }, 67_200);
  store.generationLog.insert(attempt());
  expect(admission(textJob('google', 'gemini-3.8-flash'))).toBeNull();
  unfinished.push({ job: picture(), requestedAt: now });
  for (const [provider, model] of [
    ['google', 'gemini-3.8-flash'],
    ['google', 'gemini-3.7-flash'],
    ['openai', 'gpt-5-mini'],
  ] as const) {
    expect(admission(textJob(provider, model))).toMatchObject({ code: 'cap_reached', costMicroUsd: null });
  }
  expect(admission(textJob('openai', 'of-a-local-server'))).toBeNull();
  expect(admission(textJob('painter', null))).toBeNull();
});

test('does not apply the cap to a picture with an unknown price', () => {
  const { request } = createWorld({ perMinute: null, perDay: null }, 0);
  expect(request(picture('google', 'gemini-of-next-year'))).toBeNull();
  expect(request(picture())).toMatchObject({ code: 'cap_reached' });
});

test('counts this month, unfinished pictures and possibly charged failures toward the cap', () => {
  const { store, request } = createWorld({ perMinute: null, perDay: null }, 134_400);
  store.generationLog.insert(attempt({ requestedAt: startOfMonth(now) - 1 }));
  store.generationLog.insert(attempt({ requestedAt: startOfMonth(now) }));
  store.generationLog.insert(attempt({ outcome: 'interrupted', errorCode: 'interrupted' }));
  expect(request(picture())).toBeNull();
  expect(request(picture())).toBeNull();
  expect(request(picture())).toMatchObject({ code: 'cap_reached', message: expect.stringContaining('cap') });
  expect(request(picture('painter', 'painter-1'))).toBeNull();
});

test('names the day on which the limit ends after the clock was set back', () => {
  const { store, request } = createWorld({ perMinute: null, perDay: 1 });
  store.generationLog.insert(attempt({ requestedAt: now + 20 * 3_600_000 }));
  // Sunday 14:30:05 plus 44 hours.
  expect(request(picture())?.message).toContain('Try again at 10:31 on Tuesday');
});
