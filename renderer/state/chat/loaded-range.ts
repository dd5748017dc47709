// The loaded part of a conversation: consecutive messages, and the number of messages on either side.
import { type MessagePage, messagesPerMark } from '../../../shared/contract/chat';
import type { Message } from '../../../shared/domain/conversations';
import { type MessagesById, merge } from './messages';

export type LoadedRange = {
  /** Ids of the loaded messages, oldest first. */
  order: string[];
  messages: MessagesById;
  /** The number of older and newer messages. Without a map, `older` is an estimate, but 0 if there are none. */
  older: number;
  newer: number;
  /** The conversation's map: every `messagesPerMark`th id, starting with the first; null until it is loaded. */
  marks: readonly string[] | null;
};

export const emptyRange: LoadedRange = { order: [], messages: {}, older: 0, newer: 0, marks: null };

/** Messages that a jump loads on either side: enough for a tall range. */
const jumpReach = 28;

export function isUnderWay({ status }: Message): boolean {
  return status === 'pending' || status === 'generating' || status === 'streaming';
}

/** @param page the newest messages of a conversation. */
export function rangeAtEnd(page: MessagePage): LoadedRange {
  return { ...emptyRange, ...load(page.messages), older: page.hasMore ? messagesPerMark : 0 };
}

/**
 * @param page the messages directly before the range.
 * @param drop how many of the newest messages to unload.
 */
export function withOlder(range: LoadedRange, page: MessagePage, drop: number): LoadedRange {
  const { order, messages } = load(page.messages);
  return {
    ...rangeOf(range),
    ...without({ order: [...order, ...range.order], messages: { ...range.messages, ...messages } }, 0, drop),
    older: corrected(range.older - order.length, page.hasMore),
    newer: range.newer + Math.min(drop, range.order.length),
  };
}

/**
 * @param page the messages directly after the range.
 * @param drop how many of the oldest messages to unload.
 */
export function withNewer(range: LoadedRange, page: MessagePage, drop: number): LoadedRange {
  const { order, messages } = load(page.messages);
  return {
    ...rangeOf(range),
    ...without({ order: [...range.order, ...order], messages: { ...range.messages, ...messages } }, drop, 0),
    older: range.older + Math.min(drop, range.order.length),
    newer: corrected(range.newer - order.length, page.hasMore),
  };
}

/** Adds messages that were just written. If the end is not loaded, only counts them. */
export function withArrived(range: LoadedRange, arrived: readonly Message[]): LoadedRange {
  const messages = merge(range.messages, arrived);
  if (range.newer > 0) return { ...rangeOf(range), messages, newer: range.newer + arrived.length };
  return { ...rangeOf(range), messages, order: [...range.order, ...arrived.map(({ id }) => id)] };
}

/** Adds the map, which gives the range its position. @param count the messages in the map, @param last the last of them. */
export function withMap(
  range: LoadedRange,
  marks: readonly string[],
  count: number,
  last: string,
): LoadedRange {
  // Messages that arrived while the map was read come after its last one.
  const mapped = range.order.filter((id) => id <= last).length;
  return { ...rangeOf(range), marks, older: Math.max(0, count - mapped - range.newer) };
}

/** Returns the number of messages in the conversation. */
export function total({ order, older, newer }: LoadedRange): number {
  return older + order.length + newer;
}

/** Returns the mark after which to read so that the message at an index has some before it. */
export function markBefore(marks: readonly string[], index: number): number {
  return Math.min(Math.max(0, Math.floor(index / messagesPerMark) - 1), Math.max(0, marks.length - 1));
}

/** Returns the last mark at or before a message: ids sort by time. */
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
 * Returns the range around a message of a page.
 *
 * @param first the index of the page's first message in the conversation.
 * @param at the message's index in the page.
 */
export function rangeAround(range: LoadedRange, page: MessagePage, first: number, at: number): LoadedRange {
  const from = Math.max(0, at - jumpReach);
  const kept = page.messages.slice(from, at + jumpReach);
  const older = first + from;
  const after = page.messages.length - from - kept.length;
  const newer = Math.max(after, total(range) - older - kept.length);
  const { order, messages } = load(kept);
  const underWay = Object.entries(range.messages).filter(([, message]) => isUnderWay(message));
  return {
    ...rangeOf(range),
    order,
    messages: { ...Object.fromEntries(underWay), ...messages },
    older,
    newer: page.hasMore ? Math.max(1, newer) : after,
  };
}

/** Picks the range's own fields from an object that may have more. */
function rangeOf({ order, messages, older, newer, marks }: LoadedRange): LoadedRange {
  return { order, messages, older, newer, marks };
}

function load(messages: readonly Message[]): Pick<LoadedRange, 'order' | 'messages'> {
  return { order: messages.map(({ id }) => id), messages: merge({}, messages) };
}

/** Corrects an estimate at either end of the conversation. */
function corrected(count: number, hasMore: boolean): number {
  return hasMore ? Math.max(1, count) : 0;
}

type Loaded = Pick<LoadedRange, 'order' | 'messages'>;

/** Unloads the oldest and the newest messages. Unfinished ones stay, so that their end is noticed. */
function without({ order, messages }: Loaded, oldest: number, newest: number): Loaded {
  if (oldest + newest === 0) return { order, messages };
  const kept = order.slice(oldest, order.length - newest);
  const gone = new Set([...order.slice(0, oldest), ...order.slice(order.length - newest)]);
  const known = Object.entries(messages).filter(([id, message]) => !gone.has(id) || isUnderWay(message));
  return { order: kept, messages: Object.fromEntries(known) };
}
