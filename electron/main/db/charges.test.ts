import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createTestContext } from '../test-support/test-context';
import type { ChargeEnd, NewCharge } from './charges';
import { newId } from './new-id';
import type { Store } from './open';

let store: Store;

beforeEach(() => {
  store = createTestContext().store;
  onTestFinished(() => store.close());
});

/** Opens a charge. Returns its id. */
function open(changes: Partial<NewCharge> = {}): string {
  const charge: NewCharge = {
    id: newId(),
    kind: 'picture',
    messageId: newId(),
    provider: 'google',
    model: 'some-model',
    requestedAt: 1_000,
    amountMicroUsd: 400,
    ...changes,
  };
  store.charges.open(charge);
  return charge.id;
}

/** Opens a charge and ends it. Returns its id. */
function ended(end: Partial<ChargeEnd> = {}, changes: Partial<NewCharge> = {}): string {
  const id = open(changes);
  store.charges.end(id, { state: 'made', amountMicroUsd: 400, ...end });
  return id;
}

describe('an open charge', () => {
  test('has what the request may cost', () => {
    const messageId = newId();
    const id = open({ messageId });
    expect(store.charges.find(id)).toEqual({
      ...{ id, messageId, requestedAt: 1_000, amountMicroUsd: 400, state: 'open' },
    });
    expect(store.charges.find(newId())).toBeUndefined();
  });

  test('that is opened again keeps its facts and its message', () => {
    const id = open({ messageId: 'a' });
    open({ id, messageId: 'b', provider: 'openai', requestedAt: 9_000, amountMicroUsd: 1 });
    expect(store.charges.find(id)).toEqual({
      ...{ id, messageId: 'a', requestedAt: 1_000, amountMicroUsd: 400, state: 'open' },
    });
    expect(store.charges.requestTimes('openai', 0)).toEqual([]);
  });

  test('that is opened again after its end stays ended', () => {
    const id = ended({ amountMicroUsd: 70 });
    open({ id });
    store.charges.remove(id);
    expect(store.charges.find(id)).toMatchObject({ amountMicroUsd: 70 });
  });

  test('of a prefetch gets its message when the request begins', () => {
    const id = open({ messageId: null });
    open({ id, messageId: 'a' });
    expect(store.charges.find(id)).toMatchObject({ messageId: 'a', amountMicroUsd: 400 });
  });

  test('is removed if nothing has left', () => {
    const [removed, kept] = [open(), open()];
    store.charges.remove(removed);
    expect(store.charges.find(removed)).toBeUndefined();
    expect(store.charges.find(kept)).toBeDefined();
  });
});

describe('assign', () => {
  test('gives a prefetched picture its message, once', () => {
    const id = open({ messageId: null });
    store.charges.assign(id, 'a');
    store.charges.assign(id, 'b');
    expect(store.charges.find(id)).toMatchObject({ messageId: 'a' });
  });

  test('changes no other charge, and creates none', () => {
    const other = open({ messageId: null });
    store.charges.assign(newId(), 'a');
    expect(store.charges.find(other)).toMatchObject({ messageId: null });
    expect(store.charges.ofMessage('a')).toEqual([]);
  });
});

describe('the end of a charge', () => {
  test.each(['made', 'failed', 'refused'] as const)('as %s says what it has cost', (state) => {
    for (const amountMicroUsd of [0, 70, null]) {
      expect(store.charges.find(ended({ state, amountMicroUsd }))).toMatchObject({ amountMicroUsd });
    }
  });

  test.each(['made', 'failed', 'refused'] as const)('as made is its last: %s changes nothing', (state) => {
    const id = ended({ amountMicroUsd: 70 });
    store.charges.end(id, { state, amountMicroUsd: 900 });
    expect(store.charges.spent(0)).toBe(70);
    expect(store.charges.requestTimes('google', 0)).toHaveLength(1);
    expect(store.charges.daily()).toMatchObject([{ pictures: 1, costMicroUsd: 70 }]);
  });

  test('as failed or refused may be followed by a picture that was on disk after all', () => {
    for (const state of ['failed', 'refused'] as const) {
      const id = ended({ state, amountMicroUsd: 900 });
      store.charges.end(id, { state: 'made', amountMicroUsd: 70 });
      expect(store.charges.find(id)).toMatchObject({ amountMicroUsd: 70 });
    }
    expect(store.charges.daily()).toMatchObject([{ pictures: 2, costMicroUsd: 140 }]);
  });

  test.each(['made', 'failed', 'refused'] as const)('as %s is not removed', (state) => {
    const id = ended({ state });
    store.charges.remove(id);
    expect(store.charges.find(id)).toBeDefined();
  });

  test('of an unknown request creates none', () => {
    store.charges.end(newId(), { state: 'made', amountMicroUsd: 400 });
    expect(store.charges.spent(0)).toBe(0);
    expect(store.charges.daily()).toEqual([]);
  });
});

test('requestTimes has the pictures of one provider, without refused ones, after a time', () => {
  open({ requestedAt: 11 });
  ended({}, { requestedAt: 12 });
  ended({ state: 'failed', amountMicroUsd: 0 }, { requestedAt: 13 });
  ended({ state: 'refused', amountMicroUsd: 0 }, { requestedAt: 14 });
  open({ requestedAt: 15, kind: 'text' });
  open({ requestedAt: 16, provider: 'openai' });
  open({ requestedAt: 10 });
  expect(store.charges.requestTimes('google', 10).toSorted()).toEqual([11, 12, 13]);
  expect(store.charges.requestTimes('google', 9)).toHaveLength(4);
});

test('spent sums what was and may have been charged since a time, of pictures and replies', () => {
  expect(store.charges.spent(0)).toBe(0);
  open({ requestedAt: 9, amountMicroUsd: 1 });
  open({ requestedAt: 10, amountMicroUsd: 20 });
  ended({ amountMicroUsd: 300 }, { requestedAt: 11, kind: 'text' });
  ended({ state: 'failed', amountMicroUsd: 4_000 }, { requestedAt: 12, provider: 'openai' });
  open({ requestedAt: 13, amountMicroUsd: null });
  expect(store.charges.spent(10)).toBe(4_320);
  expect(store.charges.spent(14)).toBe(0);
});

describe('the costs of each day', () => {
  /** Returns a time of the local day, in UTC milliseconds. */
  const at = (month: number, day: number, hour = 12) => new Date(2026, month - 1, day, hour).getTime();

  test('are grouped by local day and provider, the latest first, across months', () => {
    ended({ amountMicroUsd: 1 }, { requestedAt: at(10, 31, 0) });
    ended({ amountMicroUsd: 2 }, { requestedAt: at(10, 31, 23) });
    ended({ amountMicroUsd: 4 }, { requestedAt: at(11, 1, 0) });
    ended({ amountMicroUsd: 8 }, { requestedAt: at(11, 1), provider: 'openai' });
    const day = (name: string, provider: string, pictures: number, costMicroUsd: number) => ({
      ...{ day: name, provider, pictures, costMicroUsd, unpriced: 0 },
    });
    expect(store.charges.daily()).toEqual([
      day('2026-11-01', 'google', 1, 4),
      day('2026-11-01', 'openai', 1, 8),
      day('2026-10-31', 'google', 2, 3),
    ]);
  });

  test('count made pictures, and the costs of everything', () => {
    ended();
    ended({ amountMicroUsd: 30 }, { kind: 'text' });
    ended({ state: 'failed', amountMicroUsd: 2 });
    open({ amountMicroUsd: 1_000 });
    expect(store.charges.daily()).toMatchObject([{ pictures: 1, costMicroUsd: 1_432, unpriced: 0 }]);
  });

  test('say how many requests have no known price', () => {
    ended({ amountMicroUsd: null });
    ended({ state: 'failed', amountMicroUsd: null });
    open({ amountMicroUsd: null });
    ended({ state: 'failed', amountMicroUsd: 0 });
    expect(store.charges.daily()).toMatchObject([{ pictures: 1, costMicroUsd: 0, unpriced: 3 }]);
  });

  test('leave out days on which everything failed for free', () => {
    ended({ state: 'failed', amountMicroUsd: 0 });
    ended({ state: 'refused', amountMicroUsd: 0 });
    expect(store.charges.daily()).toEqual([]);
  });

  test('have the free pictures of a day', () => {
    ended({ amountMicroUsd: 0 }, { provider: 'painter' });
    expect(store.charges.daily()).toMatchObject([{ provider: 'painter', pictures: 1, costMicroUsd: 0 }]);
  });
});

test('ofMessage has the latest request first, whatever the clock and the ids say', () => {
  const ids = [3, 9, 1].map((n) => `0190a000-0000-7000-8000-00000000000${n}`);
  for (const [index, requestedAt] of [9_000, 5, 70].entries()) {
    open({ id: ids[index] ?? '', messageId: 'a', requestedAt });
    open({ messageId: 'b' });
  }
  expect(store.charges.ofMessage('a').map(({ id }) => id)).toEqual(ids.toReversed());
});
