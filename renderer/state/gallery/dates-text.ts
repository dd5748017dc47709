// The names of days and periods.
import { type Dates, type Period, unitOfDates } from '../../../shared/domain/periods';
import { currentLocale, t } from '../../../shared/languages/translate';
import { formatDate, formatDay, formatMonth } from '../../ui/format';

/** Days, and the period by which the user named them; null if the user gave the days themselves. */
export type NamedDates = Dates & { period: Period | null };

export function periodLabel(period: Period): string {
  return t(`gallery.period_${period}`);
}

/** Returns "Pictures from last week", or a text with the days if they have no period. */
export function picturesFromLabel(dates: NamedDates): string {
  const { period } = dates;
  if (period !== null) return t('gallery.pictures_from', { period, date: '' });
  const unit = unitOfDates(dates) ?? 'week';
  // Several days use the same sentence as a single day.
  return t('gallery.pictures_from', { period: unit === 'week' ? 'day' : unit, date: daysText(dates) });
}

/** Formats days as "3 November 2026", "16–22 November 2026", "March 2025" or "2025". */
export function daysText(dates: Dates): string {
  return (
    wholeUnitText(dates) ??
    new Intl.DateTimeFormat(currentLocale(), { dateStyle: 'long' }).formatRange(dates.from, dates.to - 1)
  );
}

/**
 * Formats limits as "3 December", "3 December to 5 December", "March 2025", "Since …" or "Until …".
 *
 * @param now as in `formatDay`.
 */
export function limitsLabel(from: number | null, to: number | null, now: number | null): string {
  const last = to === null ? '' : formatDay(to - 1, now);
  if (from === null) return t('gallery.until', { day: last });
  const first = formatDay(from, now);
  if (to === null) return t('gallery.since', { day: first });
  if (first === last) return first;
  return wholeUnitText({ from, to }) ?? t('gallery.from_to', { first, last });
}

function wholeUnitText(dates: Dates): string | null {
  const { from } = dates;
  const unit = unitOfDates(dates);
  if (unit === 'day') return formatDate(from, { dateStyle: 'long' });
  if (unit === 'month') return formatMonth(from);
  return unit === 'year' ? formatDate(from, { year: 'numeric' }) : null;
}
