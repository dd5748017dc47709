import { v7 as newId } from 'uuid';
import { beforeEach, expect, onTestFinished, test } from 'vitest';

import { createTestContext } from '../test-support/test-context';
import type { Store } from './open';
import { type Attempt, attemptSchema, newUserImageSchema, type OutboxEntry } from './outbox';

let store: Store;

beforeEach(() => {
  store = createTestContext().store;
  onTestFinished(() => store.close());
});

const attempt: Attempt = {
  id: newId(),
  messageId: newId(),
  provider: 'painter',
  model: 'painter-1',
  outcome: 'ready',
  errorCode: null,
  requestedAt: 1,
  durationMs: 2,
  costMicroUsd: null,
};
const entry: OutboxEntry = { kind: 'attempt', row: attempt };

test('returns an entry as it was added', () => {
  const row = { ...attempt, model: `"quoted" \\ 🌅 \u2028 line` };
  store.outbox.add('a', { kind: 'attempt', row }, 1);
  const [stored] = store.outbox.oldest(10);
  expect(stored).toMatchObject({ id: 'a', kind: 'attempt' });
  expect(attemptSchema.parse(JSON.parse(stored?.payload ?? ''))).toEqual(row);
});

test('returns the entries that were added first, up to the limit, whatever their ids say', () => {
  const ids = [newId(), newId(), newId()].toReversed();
  for (const id of ids) store.outbox.add(id, entry, 1);
  expect(store.outbox.oldest(2).map(({ id }) => id)).toEqual(ids.slice(0, 2));
  expect(store.outbox.oldest(10).map(({ id }) => id)).toEqual(ids);
});

test('removes only the given entry', () => {
  store.outbox.add('a', entry, 1);
  store.outbox.add('b', entry, 1);
  store.outbox.remove('a');
  expect(store.outbox.oldest(10).map(({ id }) => id)).toEqual(['b']);
  expect(store.outbox.count()).toBe(1);
});

test('keeps an entry that is set aside without returning it again', () => {
  store.outbox.add('a', entry, 1);
  store.outbox.add('b', entry, 1);
  store.outbox.setAside('a');
  expect(store.outbox.oldest(10).map(({ id }) => id)).toEqual(['b']);
  expect(store.outbox.count()).toBe(2);
});

test('cannot add an id twice', () => {
  store.outbox.add('a', entry, 1);
  expect(() => store.outbox.add('a', entry, 2)).toThrow('UNIQUE');
});

test.each([
  ['a missing field', { ...attempt, model: undefined }],
  ['a field too many', { ...attempt, extra: 1 }],
  ['half a millisecond', { ...attempt, durationMs: 0.5 }],
  ['an id that is none', { ...attempt, id: 'a' }],
])('rejects %s as an attempt', (_what, row) => {
  expect(attemptSchema.safeParse(row).success).toBe(false);
  expect(newUserImageSchema.safeParse(row).success).toBe(false);
});
