// The timeline's groups of pictures, by local time.
import { datesAround, periodOfDates } from '../../../../shared/domain/periods';
import { periodLabel } from '../../../state/gallery/dates-text';
import { formatDate, formatMonth } from '../../../ui/format';

export type Grouping = 'day' | 'month' | 'none';

/**
 * Returns the day or month that contains a time. A day may have 23 or 25 hours when clocks change.
 *
 * @param at UTC milliseconds.
 * @returns the start, and the exclusive end, in UTC milliseconds.
 */
export function sectionAround(at: number, grouping: Grouping): { start: number; end: number } {
  if (grouping === 'none') return { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY };
  const { from, to } = datesAround(grouping, at);
  return { start: from, end: to };
}

/** Returns a section's name, such as "Today", "Tuesday, 3 March" or "March 2024"; empty without grouping. */
export function sectionName(start: number, grouping: Grouping, now: number): string {
  if (grouping === 'none' || !Number.isFinite(start)) return '';
  if (grouping === 'month') return formatMonth(start);
  const period = periodOfDates(datesAround('day', start), now);
  if (period === 'today' || period === 'yesterday') return periodLabel(period);
  const isThisYear = new Date(start).getFullYear() === new Date(now).getFullYear();
  return formatDate(start, {
    weekday: isThisYear ? 'long' : 'short',
    day: 'numeric',
    month: 'long',
    ...(!isThisYear && { year: 'numeric' }),
  });
}
