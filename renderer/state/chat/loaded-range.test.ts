import { describe, expect, test } from 'vitest';
import type { MessagePage } from '../../../shared/contract/chat';
import type { Message, TextMessage } from '../../../shared/domain/conversations';
import { textMessage } from '../../../shared/domain/test-message';
import {
  emptyRange,
  jumpReach,
  type LoadedRange,
  rangeAround,
  rangeAtEnd,
  total,
  withArrived,
  withNewer,
  withOlder,
  without,
} from './loaded-range';

const idAt = (seq: number) => `id-${seq}`;

function message(seq: number, changes: Partial<TextMessage> = {}): Message {
  // The clock ran backwards, so that times do not give the order.
  const at = 10_000 - seq;
  return textMessage({
    ...{ id: idAt(seq), seq, text: `Message ${seq}`, createdAt: at, updatedAt: at },
    ...changes,
  });
}

/** A conversation as the main process reads it. */
function conversation(positions: readonly number[]) {
  const last = positions.at(-1) ?? 0;
  return {
    before(seq: number | null, limit: number): MessagePage {
      const earlier = positions.filter((position) => seq === null || position < seq);
      return { messages: earlier.slice(-limit).map((position) => message(position)), total: last };
    },
    after(seq: number, limit: number): MessagePage {
      const later = positions.filter((position) => position > seq);
      return { messages: later.slice(0, limit).map((position) => message(position)), total: last };
    },
  };
}

const count = 1_000;
const long = conversation(Array.from({ length: count }, (_, index) => index + 1));

const firstOf = (range: LoadedRange) => range.messages[range.order[0] ?? '']?.seq ?? 0;
const lastOf = (range: LoadedRange) => range.messages[range.order.at(-1) ?? '']?.seq ?? 0;

/** Checks that a range has no gaps, has correct counts, and contains exactly its own messages. */
function expectSound(range: LoadedRange, end = count): void {
  expect(range.order).toEqual(range.order.map((_, index) => idAt(range.older + index + 1)));
  expect(Object.keys(range.messages).toSorted()).toEqual(range.order.toSorted());
  expect(total(range)).toBe(end);
}

describe('the loaded range of a conversation', () => {
  test('stays consistent and small while it moves from the end to the start and back', () => {
    let range = rangeAtEnd(long.before(null, 24));
    expectSound(range);
    const step = (side: 'older' | 'newer') => {
      const drop = Math.max(0, range.order.length - 56);
      range =
        side === 'older'
          ? withOlder(range, long.before(firstOf(range), 12), 12, drop)
          : withNewer(range, long.after(lastOf(range), 12), drop);
      expectSound(range);
      expect(range.order.length).toBeLessThanOrEqual(68);
    };
    while (range.older > 0) step('older');
    expect(range.order[0]).toBe(idAt(1));
    while (range.newer > 0) step('newer');
    expect(range.order.at(-1)).toBe(idAt(count));
  });

  test.each([1, 2, 28, 29, 30, 500, 972, 999, 1_000])('jumps to position %i', (seq) => {
    const after = Math.max(0, seq - jumpReach);
    const page = long.after(after, 2 * jumpReach);
    const range = rangeAround(rangeAtEnd(long.before(null, 24)), page, seq - after - 1, after === 0);
    expectSound(range);
    expect(range.order).toContain(idAt(seq));
    expect(range.order.length).toBeLessThanOrEqual(56);
  });

  test('reaches both ends of a conversation whose positions have gaps', () => {
    const torn = conversation([5, 6, 7, 20, 21, 40, 41, 42]);
    let range = rangeAtEnd(torn.before(null, 3));
    expect([range.older, range.newer]).toEqual([39, 0]);
    range = withOlder(range, torn.before(40, 3), 3, 3);
    expect(range.order).toEqual([7, 20, 21].map(idAt));
    range = withOlder(range, torn.before(7, 2), 2, 0);
    range = withOlder(range, torn.before(5, 2), 2, 0);
    expect([range.order[0], range.older, range.newer]).toEqual([idAt(5), 0, 21]);
    range = withNewer(range, torn.after(21, 3), 3);
    expect([range.order, range.older, range.newer]).toEqual([[20, 21, 40, 41, 42].map(idAt), 19, 0]);
    // The last message was removed after its position was read.
    const stale = withNewer({ ...range, newer: 2 }, { messages: [], total: 44 }, 0);
    expect(stale.newer).toBe(0);
  });

  test('places messages of several groups by position, whatever the order of their arrival', () => {
    const start = rangeAtEnd(long.before(null, 12));
    const arrived = [1, 2, 3, 4, 5, 6].map((by) => message(count + by, { status: 'pending' }));
    const groups = [arrived.slice(0, 2), arrived.slice(2, 5), arrived.slice(5)];
    const inOrder = groups.reduce<LoadedRange>(withArrived, start);
    expect(inOrder.order.slice(-6)).toEqual(arrived.map(({ id }) => id));
    expect(inOrder.newer).toBe(0);
    for (const messages of [
      arrived.toReversed(),
      [3, 0, 5, 1, 4, 2].map((at) => arrived[at] ?? message(1)),
    ]) {
      expect(withArrived(start, messages)).toEqual(inOrder);
    }
  });

  test('only counts a message after a gap until the gap is loaded', () => {
    const start = rangeAtEnd(long.before(null, 12));
    const late = withArrived(start, [message(count + 3), message(count + 4)]);
    expect(late.order).toEqual(start.order);
    expect(late.newer).toBe(4);
    const next = withArrived(start, [message(count + 2)]);
    expect([next.order, next.newer]).toEqual([start.order, 2]);
    const missing = { messages: [1, 2, 3, 4].map((by) => message(count + by)), total: count + 4 };
    const read = withNewer(late, missing, 0);
    expectSound(read, count + 4);
    expect(withArrived(read, [message(count + 1), message(count + 2)])).toEqual(read);
  });

  test('starts a new conversation with its first messages, even if later ones arrive first', () => {
    const late = withArrived(emptyRange, [message(3), message(4)]);
    expect([late.order, late.newer]).toEqual([[], 4]);
    expectSound(
      withArrived(
        late,
        [1, 2, 3, 4].map((seq) => message(seq)),
      ),
      4,
    );
  });

  test('only counts new messages if the end is not loaded', () => {
    const away = withOlder(rangeAtEnd(long.before(null, 24)), long.before(977, 12), 12, 5);
    const later = withArrived(away, [message(count + 1)]);
    expect(later.order).toEqual(away.order);
    expect(later.newer).toBe(6);
  });

  test('goes to the end without losing messages that arrived while it was read', () => {
    const page = long.before(null, 12);
    const arrived = withArrived(rangeAround(emptyRange, long.after(0, 56), 0, true), [message(count + 1)]);
    expect(rangeAtEnd(page, arrived).newer).toBe(1);
  });

  test('unloads at both ends, and keeps only unfinished messages', () => {
    const working = withArrived(rangeAtEnd(long.before(null, 56)), [
      message(count + 1, { status: 'generating' }),
    ]);
    const away = without(working, 10, 20);
    expect([away.older, away.order.length, away.newer]).toEqual([count - 56 + 10, 57 - 30, 20]);
    expect(away.messages[idAt(count + 1)]?.status).toBe('generating');
    expect(away.messages[idAt(count)]).toBeUndefined();
    const top = rangeAround(working, long.after(0, 56), 0, true);
    expect(top.messages[idAt(count + 1)]?.status).toBe('generating');
    expect(without(away, 20, 20)).toEqual(away);
  });

  test('keeps the version with the higher revision, whatever the clock says', () => {
    const ended = message(count, { revision: 3, status: 'ready', updatedAt: 1 });
    const begun = message(count, { revision: 2, status: 'generating', updatedAt: 2 });
    const start = rangeAtEnd(long.before(null, 12));
    for (const versions of [
      [ended, begun],
      [begun, ended],
    ]) {
      const range = versions.reduce((known, version) => withArrived(known, [version]), start);
      expect(range.messages[idAt(count)]).toEqual(ended);
    }
    const shown = withArrived(start, [{ ...ended, revision: 1, error: null }]);
    expect(shown.messages[idAt(count)]?.updatedAt).toBe(1);
  });

  test('returns none of the fields of a larger object', () => {
    const larger = { ...emptyRange, currentId: 'c' };
    expect(Object.keys(withArrived(larger, [message(1)])).toSorted()).toEqual(
      Object.keys(emptyRange).toSorted(),
    );
    expect(Object.keys(without(larger, 0, 0)).toSorted()).toEqual(Object.keys(emptyRange).toSorted());
  });
});
