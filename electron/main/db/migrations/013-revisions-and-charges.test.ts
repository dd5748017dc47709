import type { Database } from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { type ErrorCode, errorSentences, isErrorCode } from '../../../../shared/domain/errors';
import { createMetrics } from '../../logging/metrics';
import { drainBatch } from '../../outbox/drain';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { newId } from '../new-id';
import { createStore, type Store } from '../open';
import { openPlain } from '../test-database';

const before = 12;
/** Local noon on the last day of a month, and on the first of the next. */
const [october, november] = [new Date(2026, 9, 31, 12).getTime(), new Date(2026, 10, 1, 12).getTime()];

/** Returns a database of version 12 with two conversations, and what writes its rows. */
function older() {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations.slice(0, before));
  database.exec(`INSERT INTO conversations (id, title, created_at, updated_at)
                 VALUES ('c', 'Foxes', 1, 500), ('d', 'Owls', 2, 400)`);
  const insertMessage = database.prepare(
    `INSERT INTO messages (id, conversation_id, role, kind, status, text, prompt, provider, model, cost_micro_usd,
                           created_at, updated_at)
     VALUES (@id, @conversationId, 'assistant', @kind, @status, '', 'a fox', @provider, 'm', @cost, @at, @at)`,
  );
  const insertAttempt = database.prepare(
    `INSERT INTO image_generation_log (id, message_id, provider, model, outcome, error_code, requested_at,
                                       duration_ms, cost_micro_usd, picture_id)
     VALUES (@id, @messageId, @provider, 'm', @outcome, @code, @at, 5, @cost, @pictureId)`,
  );
  return {
    database,
    message(changes: object = {}): string {
      const row = {
        ...{ id: newId(), conversationId: 'c', kind: 'image', status: 'ready', provider: 'google' },
        ...{ cost: null, at: october, ...changes },
      };
      insertMessage.run(row);
      return row.id;
    },
    attempt(changes: object = {}): string {
      const id = newId();
      const row = {
        ...{ id, messageId: newId(), provider: 'google', outcome: 'ready', code: null, at: october },
        ...{ cost: 400, pictureId: null, ...changes },
      };
      insertAttempt.run(row);
      return row.id;
    },
    queue(row: object, payload = JSON.stringify(row)): void {
      database.prepare(`INSERT INTO outbox VALUES (?, 'attempt', ?, 1)`).run(newId(), payload);
    },
  };
}

/** The sums as version 12 computed them. */
function oldSums(database: Database) {
  const attempts = `
    SELECT provider, outcome, error_code, requested_at, cost_micro_usd, picture_id FROM image_generation_log
    UNION ALL
    SELECT row ->> 'provider', row ->> 'outcome', row ->> 'errorCode', row ->> 'requestedAt', row ->> 'costMicroUsd',
           NULL
    FROM (SELECT iif(json_valid(payload), payload, '{}') AS row FROM outbox) WHERE row ->> 'provider' IS NOT NULL`;
  const replies = `FROM messages WHERE kind = 'text' AND cost_micro_usd > 0`;
  const costs = database
    .prepare<[], { day: string; pictures: number; costMicroUsd: number; unpriced: number }>(
      `SELECT day, provider, sum(pictures) AS pictures, sum(cost) AS costMicroUsd, sum(unpriced) AS unpriced FROM (
         SELECT date(requested_at / 1000, 'unixepoch', 'localtime') AS day, provider,
                outcome = 'ready' AND picture_id IS NULL AS pictures, coalesce(cost_micro_usd, 0) AS cost,
                picture_id IS NULL AND CASE outcome WHEN 'ready' THEN cost_micro_usd IS NULL
                                                    ELSE coalesce(cost_micro_usd = 0, 0) END AS unpriced
         FROM (${attempts})
         UNION ALL
         SELECT date(updated_at / 1000, 'unixepoch', 'localtime'), coalesce(provider, ''), 0, cost_micro_usd, 0
         ${replies})
       GROUP BY day, provider HAVING pictures > 0 OR costMicroUsd > 0 OR unpriced > 0 ORDER BY day DESC, provider`,
    )
    .all();
  const times = database
    .prepare<[], number>(
      `SELECT requested_at FROM (${attempts})
       WHERE provider = 'google' AND picture_id IS NULL AND coalesce(error_code, '') NOT IN
         ('cancelled', 'key_missing', 'unreachable', 'unknown_provider', 'rate_limited', 'reference_gone',
          'file_missing')`,
    )
    .pluck()
    .all();
  const spent = (from: number) =>
    database
      .prepare<[number, number], number>(
        `SELECT (SELECT coalesce(sum(cost_micro_usd), 0) FROM (${attempts}) WHERE requested_at >= ?)
              + (SELECT coalesce(sum(cost_micro_usd), 0) ${replies} AND updated_at >= ?)`,
      )
      .pluck()
      .get(from, from);
  return { costs, times: times.toSorted(), spent: [spent(0), spent(november)] };
}

function newSums({ charges }: Store) {
  return {
    costs: charges.daily(),
    times: charges.requestTimes('google', 0).toSorted(),
    spent: [charges.spent(0), charges.spent(november)],
  };
}

const outcomes = ['ready', 'failed', 'cancelled', 'interrupted', 'limited'];
const codes: ErrorCode[] = Object.keys(errorSentences).filter(isErrorCode);
const neverSent: ErrorCode[] = [
  'cancelled',
  'key_missing',
  'unreachable',
  'unknown_provider',
  'reference_gone',
  'file_missing',
];

test('keeps the sums of attempts with every outcome, error and cost', () => {
  const { database, attempt } = older();
  database.transaction(() => {
    for (const at of [october, november]) {
      for (const cost of [null, 0, 400, 33_600]) {
        attempt({ at, cost });
        attempt({ at, cost, provider: 'openai' });
        for (const outcome of outcomes.slice(1)) {
          // An attempt that was never sent had no cost.
          const possible = cost === null ? codes : codes.filter((code) => !neverSent.includes(code));
          for (const code of possible) attempt({ at, cost, outcome, code });
        }
      }
      attempt({ at, cost: 0, pictureId: newId() });
    }
  })();
  const sums = oldSums(database);
  expect(sums.costs).toHaveLength(4);
  expect(sums.spent[0]).toBeGreaterThan(0);
  expect(newSums(createStore(database))).toEqual(sums);
});

test('keeps what was paid for attempts that should never have cost anything', () => {
  const { database, attempt } = older();
  for (const code of neverSent) attempt({ code, outcome: 'failed', cost: 400 });
  const { costs, spent } = oldSums(database);
  expect(newSums(createStore(database))).toMatchObject({ costs, spent });
});

test('keeps the costs of replies in the month of their end', () => {
  const { database, message, attempt } = older();
  message({ kind: 'text', cost: 70 });
  message({ kind: 'text', cost: 120, at: november, status: 'interrupted' });
  message({ kind: 'text', cost: 9, at: november, provider: null });
  message({ kind: 'text', cost: 0, at: november });
  message({ kind: 'text' });
  attempt({ at: november });
  const sums = oldSums(database);
  expect(sums.spent).toEqual([599, 529]);
  expect(newSums(createStore(database))).toEqual(sums);
});

test('keeps the cost that a reply shows', () => {
  const { database, message } = older();
  const [priced, unpriced] = [message({ kind: 'text', cost: 70 }), message({ kind: 'text' })];
  const { messages } = createStore(database);
  expect(messages.find(priced)).toMatchObject({ costMicroUsd: 70 });
  expect(messages.find(unpriced)).toMatchObject({ costMicroUsd: null });
});

test('counts attempts that wait in the outbox, each once, also after they are delivered', () => {
  const { database, attempt, queue } = older();
  const row = {
    ...{ id: newId(), messageId: newId(), provider: 'google', model: 'm', outcome: 'ready', errorCode: null },
    ...{ requestedAt: november, durationMs: 5, costMicroUsd: 400 },
  };
  attempt();
  queue(row);
  queue({ ...row, id: newId(), outcome: 'failed', errorCode: 'refused', costMicroUsd: null });
  const sums = oldSums(database);
  expect(sums.spent).toEqual([800, 400]);
  expect(sums.times).toHaveLength(3);
  const store = createStore(database);
  expect(newSums(store)).toEqual(sums);
  drainBatch({ store, broadcast: () => {}, metrics: createMetrics() });
  expect(newSums(store)).toEqual(sums);
  expect(store.generationLog.count()).toBe(3);
  expect(store.outbox.count()).toBe(0);
});

test.each(['{"provider":', '[7]', '7', 'null', '{"id":7}', '{"id":"a","messageId":"b","provider":"google"}'])(
  'leaves a damaged entry of the outbox alone: %s',
  (payload) => {
    const { database, queue } = older();
    queue({}, payload);
    const store = createStore(database);
    expect(store.outbox.count()).toBe(1);
    expect(newSums(store)).toEqual({ costs: [], times: [], spent: [0, 0] });
  },
);

test('keeps the charges of prefetched pictures and removes their rows from the log', () => {
  const { database, message, attempt } = older();
  const takenOver = message({ status: 'generating' });
  const prefetch = { outcome: 'cancelled', code: 'begun_ahead' };
  const discarded = newId();
  attempt({ ...prefetch, id: discarded, messageId: discarded, cost: 400 });
  const unpriced = newId();
  attempt({ ...prefetch, id: unpriced, messageId: unpriced, cost: 0 });
  const running = attempt({ ...prefetch, messageId: takenOver, cost: 900 });
  const sums = oldSums(database);
  expect(sums.spent).toEqual([1_300, 0]);
  const store = createStore(database);
  expect(newSums(store)).toEqual(sums);
  expect(store.generationLog.count()).toBe(0);
  expect(store.charges.find(discarded)).toMatchObject({ messageId: null, amountMicroUsd: 400 });
  expect(store.charges.find(unpriced)).toMatchObject({ messageId: null, amountMicroUsd: null });
  expect(store.charges.find(running)).toMatchObject({ messageId: takenOver, amountMicroUsd: 900 });
  // The message ends the charge, under the request's own id.
  expect(store.messages.unfinished()).toMatchObject([
    { id: takenOver, status: 'generating', requestId: running },
  ]);
  store.charges.remove(discarded);
  store.charges.remove(running);
  expect([discarded, running].map((id) => store.charges.find(id) !== undefined)).toEqual([true, false]);
});

test('opens a charge of unknown amount for a picture whose request had left', () => {
  const { database, message, attempt } = older();
  const [generating, pending] = [message({ status: 'generating' }), message({ status: 'pending' })];
  message({ status: 'streaming', kind: 'text' });
  attempt({ messageId: generating, outcome: 'failed', code: 'refused', cost: null });
  const store = createStore(database);
  expect(store.charges.find(generating)).toEqual({
    ...{ id: generating, messageId: generating, requestedAt: october, amountMicroUsd: null, state: 'open' },
  });
  expect(store.charges.ofMessage(generating)).toHaveLength(2);
  expect(store.charges.ofMessage(pending)).toEqual([]);
  expect(store.messages.unfinished().map(({ requestId }) => requestId)).toEqual([generating, null, null]);
  store.charges.end(generating, { state: 'made', amountMicroUsd: 400 });
  expect(newSums(store)).toMatchObject({ costs: [{ pictures: 1, costMicroUsd: 400, unpriced: 0 }] });
});

test('keeps a picture that could not be stored findable under its message', () => {
  const { database, message, attempt } = older();
  const messageId = message({ status: 'failed' });
  attempt({ messageId, outcome: 'failed', code: 'refused', cost: null });
  attempt({ messageId, outcome: 'failed', code: 'picture_not_stored', cost: 400 });
  const sums = oldSums(database);
  const store = createStore(database);
  expect(newSums(store)).toEqual(sums);
  expect(store.charges.ofMessage(messageId)[0]).toMatchObject({ id: messageId, amountMicroUsd: 400 });
});

test('keeps the order of messages by conversation, and continues it', () => {
  const { database, message } = older();
  // The order was that of the ids, whatever the clock and the order of the rows said.
  const ids = [4, 1, 3, 2].map((n) => `0190a000-0000-7000-8000-00000000000${n}`);
  for (const [index, id] of ids.entries()) {
    message({ id, conversationId: index === 2 ? 'd' : 'c', kind: 'text', at: 1_000 - index });
  }
  const old = (id: string) =>
    database
      .prepare<[string], string>('SELECT id FROM messages WHERE conversation_id = ? ORDER BY id')
      .pluck()
      .all(id);
  const expected = { c: old('c'), d: old('d') };
  const store = createStore(database);
  const read = (id: string) => store.messages.page(id, null, 9).messages;
  expect({ c: read('c'), d: read('d') }).toMatchObject({
    c: expected.c.map((id, index) => ({ id, seq: index + 1, revision: 1 })),
    d: expected.d.map((id, index) => ({ id, seq: index + 1, revision: 1 })),
  });
  const added = { id: newId(), conversationId: 'd', text: 'An owl', role: 'user', status: 'ready' } as const;
  const none = { error: null, provider: null, model: null, costMicroUsd: null } as const;
  store.messages.insert({ ...added, ...none, kind: 'text', createdAt: 1, updatedAt: 1 });
  expect(store.messages.find(added.id)).toMatchObject({ seq: 2, revision: 1 });
});

test('keeps the order of conversations by their last use, and continues it', () => {
  const { database } = older();
  database.exec(`INSERT INTO conversations (id, title, pinned, created_at, updated_at)
                 VALUES ('a', 'Bears', 0, 1, 450), ('b', 'Cats', 1, 1, 1)`);
  const old = database
    .prepare<[], string>('SELECT id FROM conversations ORDER BY pinned DESC, updated_at DESC')
    .pluck()
    .all();
  const store = createStore(database);
  const order = () => store.conversations.newest(9).map(({ id }) => id);
  expect(order()).toEqual(old);
  expect(store.conversations.find('c')).toMatchObject({ activity: 4, revision: 1 });
  store.conversations.touch('d', 1);
  expect(order()).toEqual(['b', 'd', 'c', 'a']);
});

test('leaves a database that passes its own check', () => {
  const { database, message, attempt } = older();
  attempt({ messageId: message({ status: 'generating' }) });
  message({ kind: 'text', cost: 5 });
  expect(createStore(database).check('full')).toEqual([]);
});
