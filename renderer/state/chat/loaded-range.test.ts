import { describe, expect, test } from 'vitest';
import { type MessagePage, messagesPerMark } from '../../../shared/contract/chat';
import type { Message } from '../../../shared/domain/conversations';
import {
  emptyRange,
  type LoadedRange,
  markBefore,
  markOf,
  rangeAround,
  rangeAtEnd,
  total,
  withArrived,
  withMap,
  withNewer,
  withOlder,
} from './loaded-range';

const idAt = (index: number) => `id-${String(index).padStart(6, '0')}`;

function message(index: number, changes: Partial<Extract<Message, { kind: 'text' }>> = {}): Message {
  return {
    id: idAt(index),
    conversationId: 'c',
    role: 'user',
    kind: 'text',
    status: 'ready',
    text: `Message ${index}`,
    provider: null,
    model: null,
    costMicroUsd: null,
    error: null,
    createdAt: index,
    updatedAt: index,
    ...changes,
  };
}

const count = 1_000;
const marks = Array.from({ length: Math.ceil(count / messagesPerMark) }, (_, index) =>
  idAt(index * messagesPerMark),
);

/** As the main process reads them. */
function read(from: number, to: number): Message[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => message(from + index));
}
function pageBefore(index: number, limit: number): MessagePage {
  const from = Math.max(0, index - limit);
  return { messages: read(from, index), hasMore: from > 0 };
}
function pageAfter(index: number, limit: number): MessagePage {
  const to = Math.min(count, index + 1 + limit);
  return { messages: read(index + 1, to), hasMore: to < count };
}

function atEnd(): LoadedRange {
  return withMap(rangeAtEnd(pageBefore(count, 24)), marks, count, idAt(count - 1));
}

/** It has no gaps, knows its place, and holds each message's content and no other's. */
function expectSound(window: LoadedRange): void {
  expect(window.order).toEqual(window.order.map((_, index) => idAt(window.older + index)));
  expect(Object.keys(window.messages).toSorted()).toEqual(window.order);
  expect(total(window)).toBe(count);
}

describe('the loaded range of a conversation', () => {
  test('stays consistent and small while it moves from the end to the start and back', () => {
    let window = atEnd();
    const step = (side: 'older' | 'newer') => {
      const drop = Math.max(0, window.order.length - 56);
      window =
        side === 'older'
          ? withOlder(window, pageBefore(window.older, 12), drop)
          : withNewer(window, pageAfter(window.older + window.order.length - 1, 12), drop);
      expectSound(window);
      expect(window.order.length).toBeLessThanOrEqual(68);
    };
    while (window.older > 0) step('older');
    expect(window.order[0]).toBe(idAt(0));
    while (window.newer > 0) step('newer');
    expect(window.order.at(-1)).toBe(idAt(count - 1));
  });

  test.each([0, 1, 31, 32, 33, 500, 967, 998, 999])('jumps to message %i', (index) => {
    const mark = markBefore(marks, index);
    const first = mark === 0 ? 0 : mark * messagesPerMark + 1;
    const page = pageAfter(first - 1, 120);
    const window = rangeAround(atEnd(), page, first, index - first);
    expectSound(window);
    expect(window.order).toContain(idAt(index));
    expect(window.order.length).toBeLessThanOrEqual(56);
  });

  test.each([0, 1, 31, 32, 33, 63, 64, 999])('finds the mark of message %i', (index) => {
    expect(markOf(marks, idAt(index))).toBe(Math.floor(index / messagesPerMark));
  });

  test('knows only whether there are older messages without a map', () => {
    const window = rangeAtEnd(pageBefore(count, 12));
    expect(window.older).toBeGreaterThan(0);
    expect(rangeAtEnd(pageBefore(12, 12)).older).toBe(0);
    expect(withOlder(rangeAtEnd(pageBefore(20, 12)), pageBefore(8, 12), 0).older).toBe(0);
  });

  test('finds its position with the map, even if messages arrived meanwhile', () => {
    const late = withArrived(rangeAtEnd(pageBefore(count, 12)), [message(count)]);
    expect(withMap(late, marks, count, idAt(count - 1)).older).toBe(count - 12);
  });

  test('adds new messages at its end, and only counts them if the end is not loaded', () => {
    const held = withArrived(atEnd(), [message(count)]);
    expect(held.order.at(-1)).toBe(idAt(count));
    expect(held.newer).toBe(0);
    const away = withArrived(withOlder(atEnd(), pageBefore(count - 24, 12), 5), [message(count)]);
    expect(away.order).not.toContain(idAt(count));
    expect(away.newer).toBe(6);
  });

  test('unloads the content too, except of unfinished messages', () => {
    const working = withArrived(atEnd(), [message(count, { status: 'generating' })]);
    const away = withOlder(working, pageBefore(count - 24, 12), 10);
    expect(away.order).not.toContain(idAt(count));
    expect(away.messages[idAt(count)]?.status).toBe('generating');
    expect(away.messages[idAt(count - 1)]).toBeUndefined();
    const page = pageAfter(-1, 120);
    expect(rangeAround(working, page, 0, 0).messages[idAt(count)]?.status).toBe('generating');
  });

  test('returns none of the fields of a larger object', () => {
    const larger = { ...emptyRange, currentId: null };
    expect(Object.keys(withArrived(larger, [message(0)])).toSorted()).toEqual(
      Object.keys(emptyRange).toSorted(),
    );
  });
});
