// The part of a conversation that is held: a row of messages without gaps, and how many there are on either side.

import { type MessagePage, messagesPerMark } from '../../../shared/contract/chat';
import type { Message } from '../../../shared/domain/conversations';
import { type MessagesById, merge } from './messages';

export type LoadedRange = {
  /** Ids of the messages that are held, oldest first. */
  order: string[];
  messages: MessagesById;
  /** How many older ones there are, and newer ones. Without a map `older` is a guess, and 0 where there are none. */
  older: number;
  newer: number;
  /** The conversation's map: every `messagesPerMark`th id from the first on; null until it is here. */
  marks: readonly string[] | null;
};

export const emptyRange: LoadedRange = { order: [], messages: {}, older: 0, newer: 0, marks: null };

/** So many are shown at a jump: enough for a high screen on either side. */
const jumpReach = 28;

export function isUnderWay({ status }: Message): boolean {
  return status === 'pending' || status === 'generating' || status === 'streaming';
}

/** @param page the newest of a conversation. */
export function rangeAtEnd(page: MessagePage): LoadedRange {
  return { ...emptyRange, ...held(page.messages), older: page.hasMore ? messagesPerMark : 0 };
}

/**
 * @param page what comes right before the window.
 * @param drop how many of the newest to let go of.
 */
export function withOlder(window: LoadedRange, page: MessagePage, drop: number): LoadedRange {
  const { order, messages } = held(page.messages);
  return {
    ...alone(window),
    ...without(
      { order: [...order, ...window.order], messages: { ...window.messages, ...messages } },
      0,
      drop,
    ),
    older: rest(window.older - order.length, page.hasMore),
    newer: window.newer + Math.min(drop, window.order.length),
  };
}

/**
 * @param page what comes right behind the window.
 * @param drop how many of the oldest to let go of.
 */
export function withNewer(window: LoadedRange, page: MessagePage, drop: number): LoadedRange {
  const { order, messages } = held(page.messages);
  return {
    ...alone(window),
    ...without(
      { order: [...window.order, ...order], messages: { ...window.messages, ...messages } },
      drop,
      0,
    ),
    older: window.older + Math.min(drop, window.order.length),
    newer: rest(window.newer - order.length, page.hasMore),
  };
}

/** Messages that have just been written. Where the end is not held they are only counted. */
export function withArrived(window: LoadedRange, arrived: readonly Message[]): LoadedRange {
  const messages = merge(window.messages, arrived);
  if (window.newer > 0) return { ...alone(window), messages, newer: window.newer + arrived.length };
  return { ...alone(window), messages, order: [...window.order, ...arrived.map(({ id }) => id)] };
}

/** With its map a window knows its place. @param count how many messages the map knows, @param last the last of them. */
export function withMap(
  window: LoadedRange,
  marks: readonly string[],
  count: number,
  last: string,
): LoadedRange {
  // What came while the map was read is behind its last.
  const mapped = window.order.filter((id) => id <= last).length;
  return { ...alone(window), marks, older: Math.max(0, count - mapped - window.newer) };
}

/** How many messages a window's conversation has. */
export function total({ order, older, newer }: LoadedRange): number {
  return older + order.length + newer;
}

/** @returns behind which mark to read for the message at an index, so that some come before it. */
export function markBefore(marks: readonly string[], index: number): number {
  return Math.min(Math.max(0, Math.floor(index / messagesPerMark) - 1), Math.max(0, marks.length - 1));
}

/** @returns the mark that a message stands behind, or is: ids sort by time. */
export function markOf(marks: readonly string[], id: string): number {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle] ?? '') <= id) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/**
 * @param page what was read from `first` on, the index of its first message.
 * @param at where in the page the window is wanted.
 * @returns the window there.
 */
export function rangeAround(window: LoadedRange, page: MessagePage, first: number, at: number): LoadedRange {
  const from = Math.max(0, at - jumpReach);
  const kept = page.messages.slice(from, at + jumpReach);
  const older = first + from;
  const after = page.messages.length - from - kept.length;
  const newer = Math.max(after, total(window) - older - kept.length);
  const { order, messages } = held(kept);
  const underWay = Object.entries(window.messages).filter(([, message]) => isUnderWay(message));
  return {
    ...alone(window),
    order,
    messages: { ...Object.fromEntries(underWay), ...messages },
    older,
    newer: page.hasMore ? Math.max(1, newer) : after,
  };
}

/** A window may be part of something larger, which is none of our business. */
function alone({ order, messages, older, newer, marks }: LoadedRange): LoadedRange {
  return { order, messages, older, newer, marks };
}

function held(messages: readonly Message[]): Pick<LoadedRange, 'order' | 'messages'> {
  return { order: messages.map(({ id }) => id), messages: merge({}, messages) };
}

/** A count that was wrong is put right where the end is reached. */
function rest(count: number, hasMore: boolean): number {
  return hasMore ? Math.max(1, count) : 0;
}

type Held = Pick<LoadedRange, 'order' | 'messages'>;

/** Lets go of the oldest and the newest. What is under way stays known: its end is told of wherever one reads. */
function without({ order, messages }: Held, oldest: number, newest: number): Held {
  if (oldest + newest === 0) return { order, messages };
  const kept = order.slice(oldest, order.length - newest);
  const gone = new Set([...order.slice(0, oldest), ...order.slice(order.length - newest)]);
  const known = Object.entries(messages).filter(([id, message]) => !gone.has(id) || isUnderWay(message));
  return { order: kept, messages: Object.fromEntries(known) };
}
