// Days as the date fields write them, and the ranges that are one click away. All by this machine's clock.

export const ranges = ['today', 'week', 'month', 'year'] as const;
export type Range = (typeof ranges)[number];

export const rangeLabels: Record<Range, string> = {
  today: 'Today',
  week: 'This week',
  month: 'This month',
  year: 'This year',
};

/** @returns the first moment of the range that `now` is in, in UTC milliseconds. A week begins on Monday. */
export function startOf(range: Range, now: number): number {
  const day = new Date(now);
  const [year, month, date] = [day.getFullYear(), day.getMonth(), day.getDate()];
  if (range === 'year') return new Date(year, 0, 1).getTime();
  if (range === 'month') return new Date(year, month, 1).getTime();
  if (range === 'week') return new Date(year, month, date - ((day.getDay() + 6) % 7)).getTime();
  return new Date(year, month, date).getTime();
}

/** @returns a moment's day as a date field holds it: "2026-12-03"; empty for null. */
export function toField(at: number | null): string {
  if (at === null) return '';
  const day = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${String(day.getFullYear()).padStart(4, '0')}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/**
 * @param after how many days later.
 * @returns the first moment of a field's day in UTC milliseconds; null where it holds none that can be told.
 */
export function fromField(text: string, after = 0): number | null {
  const [, year, month, day] = /^(\d{4,6})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return null;
  // Not given to the constructor: it takes year 26 for 1926.
  const at = new Date(2000, 0, 1).setFullYear(Number(year), Number(month) - 1, Number(day) + after);
  // A field goes on to the last day that there is a number for; behind it there is none.
  return Number.isNaN(at) ? null : at;
}
