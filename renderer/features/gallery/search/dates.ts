// Conversions for date fields, and the preset ranges, in local time.
import { t } from '../../../../shared/languages/translate';

export const ranges = ['today', 'week', 'month', 'year'] as const;
export type Range = (typeof ranges)[number];

export function rangeLabel(range: Range): string {
  return t(`gallery.range_${range}`);
}

/** Returns the start of the range that contains `now`, in UTC milliseconds. A week starts on Monday. */
export function startOf(range: Range, now: number): number {
  const day = new Date(now);
  const [year, month, date] = [day.getFullYear(), day.getMonth(), day.getDate()];
  if (range === 'year') return new Date(year, 0, 1).getTime();
  if (range === 'month') return new Date(year, month, 1).getTime();
  if (range === 'week') return new Date(year, month, date - ((day.getDay() + 6) % 7)).getTime();
  return new Date(year, month, date).getTime();
}

/** Returns a time's day as the value of a date field, such as "2026-12-03", or an empty string for null. */
export function toField(at: number | null): string {
  if (at === null) return '';
  const day = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${String(day.getFullYear()).padStart(4, '0')}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/**
 * @param after the number of days to add.
 * @returns the start of the field's day in UTC milliseconds, or null if it has no valid one.
 */
export function fromField(text: string, after = 0): number | null {
  const [, year, month, day] = /^(\d{4,6})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return null;
  // Uses `setFullYear`, because the constructor reads the year 26 as 1926.
  const at = new Date(2000, 0, 1).setFullYear(Number(year), Number(month) - 1, Number(day) + after);
  // The field allows the last day that a Date can represent, and no day follows it.
  return Number.isNaN(at) ? null : at;
}
