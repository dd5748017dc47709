// Groups the conversations of the list by their last use: pinned, today, yesterday, and so on.

import type { Conversation } from '../../../shared/domain/conversations';
import { t } from '../../../shared/languages/translate';
import { formatDate, formatMonth } from '../../ui/format';

export type ConversationGroup = { title: string; conversations: readonly Conversation[] };

/**
 * Groups conversations without changing their order, which is that of their use and independent of the clock. Most dates are
 * in the same order. A date that is not, because the clock was wrong, is replaced by that of the conversation below.
 *
 * @param conversations the pinned ones first, then the last used.
 * @param now UTC milliseconds.
 */
export function groupConversations(conversations: readonly Conversation[], now: number): ConversationGroup[] {
  const pinned = conversations.filter((conversation) => conversation.pinned);
  const others = conversations.slice(pinned.length);
  const titleAt = createTitles(now);
  const dates = plausibleDates(others, now);
  const groups: { title: string; conversations: Conversation[] }[] = [];
  if (pinned.length > 0) groups.push({ title: t('sidebar.pinned'), conversations: pinned });
  for (const [at, conversation] of others.entries()) {
    const title = titleAt(dates[at] ?? now);
    const last = groups.at(-1);
    if (last?.title === title) last.conversations.push(conversation);
    else groups.push({ title, conversations: [conversation] });
  }
  return groups;
}

/** Returns a date for each conversation, none newer than that of the one above it. */
function plausibleDates(conversations: readonly Conversation[], now: number): number[] {
  const isRight = longestDescent(conversations.map(({ updatedAt }) => (updatedAt <= now ? updatedAt : null)));
  const last = conversations.findLast((_, at) => isRight.has(at))?.updatedAt ?? now;
  let below = last;
  return conversations
    .map(({ updatedAt }, at) => ({ updatedAt, isRight: isRight.has(at) }))
    .toReversed()
    .map((each) => {
      if (each.isRight) below = each.updatedAt;
      return below;
    })
    .reverse();
}

/**
 * Returns the positions of the longest sequence of values that never rise, in O(n log n):
 * https://en.wikipedia.org/wiki/Longest_increasing_subsequence
 */
function longestDescent(values: readonly (number | null)[]): Set<number> {
  /** The position at which the best sequence of each length ends: the one with the highest last value. */
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  const valueAt = (at: number | undefined) => (at === undefined ? null : (values[at] ?? null));
  for (const [at, value] of values.entries()) {
    if (value === null) continue;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((valueAt(ends[middle]) ?? value) >= value) low = middle + 1;
      else high = middle;
    }
    before[at] = ends[low - 1];
    ends[low] = at;
  }
  const found = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = before[at]) found.add(at);
  return found;
}

/** Returns a function from a time to its group. Months are formatted once, because formatting is slow. */
function createTitles(now: number): (at: number) => string {
  const today = new Date(now);
  const dayStart = (daysAgo: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - daysAgo).getTime();
  const [startOfToday, startOfYesterday, startOfWeek] = [dayStart(0), dayStart(1), dayStart(7)];
  let month = { start: Number.POSITIVE_INFINITY, end: Number.NEGATIVE_INFINITY, title: '' };
  return (at) => {
    if (at >= startOfToday) return t('sidebar.today');
    if (at >= startOfYesterday) return t('sidebar.yesterday');
    if (at >= startOfWeek) return t('sidebar.last_days');
    if (at < month.start || at >= month.end) month = monthOf(at, today.getFullYear());
    return month.title;
  };
}

function monthOf(at: number, thisYear: number): { start: number; end: number; title: string } {
  const date = new Date(at);
  const [year, month] = [date.getFullYear(), date.getMonth()];
  return {
    start: new Date(year, month, 1).getTime(),
    end: new Date(year, month + 1, 1).getTime(),
    title: year === thisYear ? formatDate(at, { month: 'long' }) : formatMonth(at),
  };
}
