// Reads and formats local dates in the language's order of day, month and year.
import { startOf, startOfDay } from '../../../shared/domain/periods';
import { currentLocale, t } from '../../../shared/languages/translate';
import { formatDate } from '../../ui/format';

/** Returns the start of the day that is `days` after another one, in UTC milliseconds; null if there is none. */
export function addDays(day: number, days: number): number | null {
  const at = startOf('day', day, days);
  return Number.isNaN(at) ? null : at;
}

/** Returns the same day of another month, or its last one if that is earlier. */
export function addMonths(day: number, months: number): number {
  const { year, month, date } = partsOf(day);
  const lastOfMonth = new Date(year, month + months + 1, 0).getDate();
  return new Date(year, month + months, Math.min(date, lastOfMonth)).getTime();
}

/** Returns the weeks that contain the days of a month, each from Monday, as the starts of their days. */
export function weeksOf(day: number): number[][] {
  const { year, month } = partsOf(day);
  const first = partsOf(startOf('week', startOf('month', day)));
  const dayAt = (at: number) => new Date(first.year, first.month, first.date + at).getTime();
  const last = new Date(year, month + 1, 0).getTime();
  const weeks: number[][] = [];
  while (weeks.length === 0 || dayAt(weeks.length * 7) <= last) {
    const start = weeks.length * 7;
    weeks.push(Array.from({ length: 7 }, (_, at) => dayAt(start + at)));
  }
  return weeks;
}

const numeric = { day: '2-digit', month: '2-digit', year: 'numeric' } as const;

/** Formats a day for a field, such as "03/12/2026" or "03.12.2026". */
export function formatNumericDay(at: number): string {
  return formatDate(at, numeric);
}

/** Returns the date format of the language, such as "DD/MM/YYYY". */
export function dayPattern(): string {
  const parts = new Intl.DateTimeFormat(currentLocale(), numeric).formatToParts(0);
  return parts.map(({ type, value }) => (isPart(type) ? t(`gallery.date_${type}`) : value)).join('');
}

/**
 * Reads a date that the user typed: in the order of the language, or with the year first. Without a year, the current one is
 * assumed. A year of two digits is in this century.
 *
 * @returns the start of the day in UTC milliseconds, or null if the text is not a date.
 */
export function readDay(text: string, now: number = Date.now()): number | null {
  const plain = text.normalize('NFKC').trim();
  if (/[^\d\s./\-年月日]/.test(plain)) return null;
  const numbers = plain.match(/\d+/g) ?? [];
  const order = /^\d{4}/.test(plain) ? (['year', 'month', 'day'] as const) : orderOfParts();
  const named = numbers.length === 2 ? order.filter((part) => part !== 'year') : order;
  if (numbers.length !== named.length) return null;
  const read = new Map(named.map((part, at) => [part, numbers[at] ?? '']));
  const year = yearOf(read.get('year'), now);
  const [month, date] = [Number(read.get('month')), Number(read.get('day'))];
  if (year === null || month < 1 || month > 12 || date < 1) return null;
  const at = startOfDay(year, month - 1, date);
  // Rejects the 31st of a shorter month, which would be in the next month, and NaN.
  return new Date(at).getDate() === date ? at : null;
}

/** Returns whether a text has a year of four digits, so that the date is complete. */
export function isFullDay(text: string): boolean {
  const numbers = text.normalize('NFKC').match(/\d+/g) ?? [];
  return numbers.length === 3 && numbers.some((number) => number.length >= 4);
}

type Part = 'day' | 'month' | 'year';

function isPart(type: string): type is Part {
  return type === 'day' || type === 'month' || type === 'year';
}

function orderOfParts(): Part[] {
  const parts = new Intl.DateTimeFormat(currentLocale(), numeric).formatToParts(0);
  return parts.map(({ type }) => type).filter(isPart);
}

function yearOf(text: string | undefined, now: number): number | null {
  if (text === undefined) return new Date(now).getFullYear();
  if (text.length === 2) return 2000 + Number(text);
  return text.length >= 4 && text.length <= 6 ? Number(text) : null;
}

function partsOf(at: number): { year: number; month: number; date: number } {
  const day = new Date(at);
  return { year: day.getFullYear(), month: day.getMonth(), date: day.getDate() };
}
