// The loaded part of a conversation: consecutive messages, and the number of positions on either side.
import type { MessagePage } from '../../../shared/contract/chat';
import { isUnfinished, type Message } from '../../../shared/domain/conversations';
import { isOnPath, isSamePath, type ShownPath, trunkShown } from '../../../shared/domain/message-path';
import { type MessagesById, merge } from './messages';

export type LoadedRange = {
  /** Ids of the loaded messages, by position. */
  order: string[];
  /** The loaded messages, and unfinished ones elsewhere, so that their end is noticed. */
  messages: MessagesById;
  /**
   * The number of positions before the first and after the last loaded message, and 0 if there is no message there.
   * Positions are consecutive, except in a database that was rescued.
   */
  older: number;
  newer: number;
  /** The shown versions. Messages of other versions are not loaded. */
  shown: ShownPath;
};

export const emptyRange: LoadedRange = { order: [], messages: {}, older: 0, newer: 0, shown: trunkShown };

/** Number of messages that a jump loads on either side: enough for a tall window. */
export const jumpReach = 28;

/** Returns the position of the first loaded message; 1 if there is none. */
export function firstSeq({ order, messages }: LoadedRange): number {
  return messages[order[0] ?? '']?.seq ?? 1;
}

/** Returns the position of the last loaded message; 0 if there is none. */
export function lastSeq({ order, messages }: LoadedRange): number {
  return messages[order.at(-1) ?? '']?.seq ?? 0;
}

/** Returns the position of the conversation's last message. */
export function total(range: LoadedRange): number {
  return lastSeq(range) + range.newer;
}

/**
 * @param page the last messages of a conversation.
 * @param known the range that was loaded before, which may be newer than the page.
 */
export function rangeAtEnd(page: MessagePage, known: LoadedRange = emptyRange): LoadedRange {
  const shown = shownIn(page);
  const end = isSamePath(shown.path, known.shown.path) ? Math.max(total(known), page.total) : page.total;
  const messages = merge(known.messages, [...page.messages, ...(page.unfinished ?? [])]);
  return createRange(shown, messages, idsOf(page.messages), true, end);
}

/** Returns the versions that a page shows. */
export function shownIn({ shown = trunkShown }: Pick<MessagePage, 'shown'>): ShownPath {
  return shown;
}

/** Returns whether a page was read before the latest known choice of a version. */
export function isOutdated({ shown }: LoadedRange, page: Pick<MessagePage, 'shown'>): boolean {
  return shownIn(page).choice < shown.choice;
}

/** Returns whether a page and the range show the same versions, so that they fit together. */
export function fits(range: LoadedRange, page: Pick<MessagePage, 'shown'>): boolean {
  return isSamePath(shownIn(page).path, range.shown.path);
}

/**
 * Shows other versions, and keeps the loaded messages before the first different one.
 *
 * @param page messages from the first different version on.
 */
export function withVersions(range: LoadedRange, page: MessagePage): LoadedRange {
  const shown = shownIn(page);
  const first = page.messages[0]?.seq ?? 1;
  const isBefore = (id: string) => {
    const message = range.messages[id];
    return message !== undefined && message.seq < first && isOnPath(shown.path, message);
  };
  const before = range.order.filter(isBefore);
  const isGap = range.messages[before.at(-1) ?? '']?.seq !== first - 1;
  const order = [...(isGap ? [] : before), ...idsOf(page.messages)];
  return createRange(shown, merge(range.messages, page.messages), order, first > 1, page.total);
}

/**
 * @param page the messages directly before the range.
 * @param limit the number of requested messages. Fewer mean that none are left.
 * @param drop how many of the last messages to unload.
 */
export function withOlder(range: LoadedRange, page: MessagePage, limit: number, drop: number): LoadedRange {
  const messages = merge(range.messages, page.messages);
  const order = inOrder([...idsOf(page.messages), ...range.order], messages);
  const kept = order.slice(0, order.length - Math.min(drop, range.order.length));
  const end = Math.max(total(range), page.total);
  return createRange(range.shown, messages, kept, page.messages.length >= limit, end);
}

/**
 * @param page the messages directly after the range.
 * @param drop how many of the first messages to unload.
 */
export function withNewer(range: LoadedRange, page: MessagePage, drop: number): LoadedRange {
  const messages = merge(range.messages, page.messages);
  const order = inOrder([...range.order, ...idsOf(page.messages)], messages);
  const kept = order.slice(Math.min(drop, range.order.length));
  // The end gets closer with every page, even if the assumed total was wrong.
  const end = page.messages.length === 0 ? lastSeq(range) : Math.max(total(range), page.total);
  return createRange(range.shown, messages, kept, range.older > 0 || drop > 0, end);
}

/** Unloads messages at either end. */
export function without(range: LoadedRange, first: number, last: number): LoadedRange {
  const { order, messages, older, newer, shown } = range;
  const kept = order.slice(first, order.length - last);
  return kept.length === 0
    ? { order, messages, older, newer, shown }
    : createRange(shown, messages, kept, older > 0 || first > 0, total(range));
}

/**
 * Puts new or changed messages at their positions. Messages after a gap are only counted: the caller loads them together
 * with those in between.
 */
export function withArrived(range: LoadedRange, arrived: readonly Message[]): LoadedRange {
  const messages = merge(range.messages, arrived);
  const here = arrived.filter((message) => isOnPath(range.shown.path, message));
  const order = [...range.order];
  const first = firstSeq(range);
  let last = lastSeq(range);
  for (const { id, seq } of here.toSorted((a, b) => a.seq - b.seq)) {
    if (seq < first || seq > last + 1 || order.includes(id)) continue;
    order.push(id);
    last = Math.max(last, seq);
  }
  const end = Math.max(total(range), ...here.map(({ seq }) => seq));
  return createRange(range.shown, messages, inOrder(order, messages), range.older > 0, end);
}

/**
 * Returns the range around a message of a page.
 *
 * @param at the message's index in the page.
 * @param isStart whether the page begins with the conversation's first message.
 */
export function rangeAround(
  range: LoadedRange,
  page: MessagePage,
  at: number,
  isStart: boolean,
): LoadedRange {
  const from = Math.max(0, at - jumpReach);
  const kept = page.messages.slice(from, at + jumpReach);
  const end = Math.max(total(range), page.total);
  const messages = merge(range.messages, page.messages);
  return createRange(range.shown, messages, idsOf(kept), from > 0 || !isStart, end);
}

function createRange(
  shown: ShownPath,
  messages: MessagesById,
  order: string[],
  hasOlder: boolean,
  end: number,
): LoadedRange {
  const loaded = new Set(order);
  const kept = Object.entries(messages).filter(([id, message]) => loaded.has(id) || isUnfinished(message));
  const range = { order, messages: Object.fromEntries(kept), older: 0, newer: 0, shown };
  return {
    ...range,
    older: hasOlder ? firstSeq(range) - 1 : 0,
    newer: Math.max(0, end - lastSeq(range)),
  };
}

function idsOf(messages: readonly Message[]): string[] {
  return messages.map(({ id }) => id);
}

function inOrder(ids: readonly string[], messages: MessagesById): string[] {
  const seqOf = (id: string) => messages[id]?.seq ?? 0;
  return [...new Set(ids)].sort((a, b) => seqOf(a) - seqOf(b));
}
