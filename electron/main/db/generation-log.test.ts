import path from 'node:path';
import { v7 as newId } from 'uuid';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createTestContext } from '../test-support/test-context';
import { openPlain } from './test-database';

const attempt = {
  id: newId(),
  messageId: newId(),
  provider: 'google',
  model: 'some-model',
  outcome: 'failed',
  errorCode: 'timed_out',
  requestedAt: 1_700_000_000_000,
  durationMs: 60_000,
  costMicroUsd: 33_600,
};

test('stores an attempt once', () => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = path.join(folder, 'test.db');
  const { store } = createTestContext(file);
  onTestFinished(() => store.close());
  store.generationLog.insert(attempt);
  store.generationLog.insert({ ...attempt, outcome: 'ready', errorCode: null });
  expect(store.generationLog.count()).toBe(1);

  const database = openPlain(file);
  onTestFinished(() => void database.close());
  expect(database.prepare('SELECT * FROM image_generation_log').all()).toEqual([
    {
      id: attempt.id,
      message_id: attempt.messageId,
      provider: 'google',
      model: 'some-model',
      outcome: 'failed',
      error_code: 'timed_out',
      requested_at: 1_700_000_000_000,
      duration_ms: 60_000,
      cost_micro_usd: 33_600,
      picture_id: null,
    },
  ]);
});

test('stores several attempts at one picture', () => {
  const { store } = createTestContext();
  onTestFinished(() => store.close());
  store.generationLog.insert(attempt);
  store.generationLog.insert({ ...attempt, id: newId(), costMicroUsd: null, errorCode: null });
  expect(store.generationLog.count()).toBe(2);
});

test('returns the durations of pictures that a provider has made, shortest first', () => {
  const { store } = createTestContext();
  onTestFinished(() => store.close());
  const made = { ...attempt, outcome: 'ready', errorCode: null };
  for (const durationMs of [300, 100, 0, 200]) {
    store.generationLog.insert({ ...made, id: newId(), durationMs });
  }
  store.generationLog.insert({ ...attempt, id: newId(), durationMs: 1 });
  store.generationLog.insert({ ...made, id: newId(), durationMs: 2 }, newId());
  store.generationLog.insert({ ...made, id: newId(), durationMs: 3, model: 'another' });
  expect(store.generationLog.durations('google', 'some-model', '1K')).toEqual([100, 200, 300]);
  expect(store.generationLog.durations('google', 'some-model', '4K')).toEqual([]);
});

test('lists the models that have made pictures, the one that was used last first, with their newest durations', () => {
  const { store } = createTestContext();
  onTestFinished(() => store.close());
  const made = { ...attempt, outcome: 'ready', errorCode: null };
  const log = (provider: string, model: string, durationMs: number, changes = {}) =>
    store.generationLog.insert({ ...made, id: newId(), provider, model, durationMs, ...changes });
  expect(store.generationLog.usedModels()).toEqual([]);
  log('google', 'a', 300);
  log('openai', 'a', 100);
  log('google', 'b \\ 光', 200);
  log('google', 'a', 100);
  log('zzz', 'failed', 100, { outcome: 'failed', errorCode: 'timed_out' });
  store.generationLog.insert({ ...made, id: newId(), provider: 'aaa', model: 'reused' }, newId());
  expect(store.generationLog.usedModels()).toEqual([
    { provider: 'google', model: 'a' },
    { provider: 'google', model: 'b \\ 光' },
    { provider: 'openai', model: 'a' },
  ]);
  expect(store.generationLog.newestDurations('google', 'a')).toEqual([100, 300]);
  expect(store.generationLog.newestDurations('aaa', 'reused')).toEqual([]);
});
