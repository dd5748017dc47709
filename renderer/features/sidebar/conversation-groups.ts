// Groups the conversations of the list by when they were used: pinned, today, yesterday, and so on.
import type { Conversation } from '../../../shared/domain/conversations';
import { formatDate, formatMonth } from '../../ui/format';

export type ConversationGroup = { title: string; conversations: readonly Conversation[] };

/**
 * Groups conversations without changing their order, which comes from their use and never from the clock. A date that
 * cannot be right, in the future or older than what follows it, is taken from the conversations that follow.
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
  if (pinned.length > 0) groups.push({ title: 'Pinned', conversations: pinned });
  for (const [at, conversation] of others.entries()) {
    const title = titleAt(dates[at] ?? now);
    const last = groups.at(-1);
    if (last?.title === title) last.conversations.push(conversation);
    else groups.push({ title, conversations: [conversation] });
  }
  return groups;
}

function plausibleDates(conversations: readonly Conversation[], now: number): number[] {
  let latest = Number.NEGATIVE_INFINITY;
  const dates = conversations.toReversed().map(({ updatedAt }) => {
    if (updatedAt <= now) latest = Math.max(latest, updatedAt);
    return latest;
  });
  return dates.reverse().map((date) => (Number.isFinite(date) ? date : now));
}

/** Returns a function from a time to its group. Months are formatted once, because formatting is slow. */
function createTitles(now: number): (at: number) => string {
  const today = new Date(now);
  const dayStart = (daysAgo: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - daysAgo).getTime();
  const [startOfToday, startOfYesterday, startOfWeek] = [dayStart(0), dayStart(1), dayStart(7)];
  let month = { start: Number.POSITIVE_INFINITY, end: Number.NEGATIVE_INFINITY, title: '' };
  return (at) => {
    if (at >= startOfToday) return 'Today';
    if (at >= startOfYesterday) return 'Yesterday';
    if (at >= startOfWeek) return 'Last 7 days';
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
