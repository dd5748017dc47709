import path from 'node:path';
import { v7 as newId } from 'uuid';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createTestContext } from '../test-support/test-context';
import { createGenerationLogReads } from './generation-log';
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

test('finds assigned prefetches without reading the whole log or all messages', () => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = path.join(folder, 'test.db');
  createTestContext(file).store.close();
  const database = openPlain(file);
  onTestFinished(() => void database.close());
  const asked: string[] = [];
  const watched = new Proxy(database, {
    get(target, name) {
      if (name !== 'prepare') return Reflect.get(target, name, target);
      return (sql: string) => {
        asked.push(sql);
        return target.prepare(sql);
      };
    },
  });
  createGenerationLogReads(watched);
  const query = asked.find((sql) => sql.includes('SELECT l.id FROM messages'));
  const plan = database.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${query}`).all();
  expect(plan.map(({ detail }) => detail).join()).toMatch(
    /messages_under_way.*image_generation_log_by_message/,
  );
});

test('stores several attempts at one picture', () => {
  const { store } = createTestContext();
  onTestFinished(() => store.close());
  store.generationLog.insert(attempt);
  store.generationLog.insert({ ...attempt, id: newId(), costMicroUsd: null, errorCode: null });
  expect(store.generationLog.count()).toBe(2);
});

test('counts pictures of unknown price, without failures that cost nothing', () => {
  const { store } = createTestContext();
  onTestFinished(() => store.close());
  const made = { ...attempt, outcome: 'ready', errorCode: null };
  store.generationLog.insert({ ...made, id: newId() });
  store.generationLog.insert({ ...made, id: newId(), costMicroUsd: null });
  store.generationLog.insert({ ...attempt, id: newId(), costMicroUsd: null });
  store.generationLog.insert({ ...made, id: newId(), costMicroUsd: 0 }, newId());
  expect(store.generationLog.costs(0)).toMatchObject([{ pictures: 2, costMicroUsd: 33_600, unpriced: 1 }]);
  // A picture whose request was interrupted counts too.
  store.generationLog.insert({ ...attempt, id: newId(), outcome: 'interrupted', costMicroUsd: 0 });
  expect(store.generationLog.costs(0)).toMatchObject([{ pictures: 2, costMicroUsd: 33_600, unpriced: 2 }]);
  expect(store.generationLog.spent(0, Number.MAX_SAFE_INTEGER)).toBe(33_600);
});
