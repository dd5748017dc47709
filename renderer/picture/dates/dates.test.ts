import { afterEach, expect, test } from 'vitest';
import type { LanguageCode } from '../../../shared/languages/languages';
import { setLanguage } from '../../../shared/languages/translate';
import { addDays, addMonths, dayPattern, formatNumericDay, isFullDay, readDay, weeksOf } from './dates';

afterEach(() => setLanguage('en', {}));

const day = (year: number, month: number, date: number, hour = 0) =>
  new Date(year, month - 1, date, hour).getTime();

test.each<[LanguageCode, string, string]>([
  ['en', '03/12/2026', 'DD/MM/YYYY'],
  ['de', '03.12.2026', 'DD.MM.YYYY'],
  ['ja', '2026/12/03', 'YYYY/MM/DD'],
  ['zh', '2026/12/03', 'YYYY/MM/DD'],
])('a day in %s is written as %s, and read again', (code, text, pattern) => {
  setLanguage(code, {});
  expect(formatNumericDay(day(2026, 12, 3, 15))).toBe(text);
  expect(readDay(text)).toBe(day(2026, 12, 3));
  expect(dayPattern()).toBe(pattern);
});

test.each<[string, number]>([
  ['3.12.2026', day(2026, 12, 3)],
  [' 3 / 12 / 26 ', day(2026, 12, 3)],
  ['3-12', day(2026, 12, 3)],
  ['2026-12-03', day(2026, 12, 3)],
  ['2026年12月3日', day(2026, 12, 3)],
  ['２０２６/１２/３', day(2026, 12, 3)],
  ['29.02.2024', day(2024, 2, 29)],
])('reads %j, whatever is between its numbers', (text, expected) => {
  expect(readDay(text, day(2026, 11, 22))).toBe(expected);
});

test.each([
  '',
  '2026',
  '31.02.2026',
  '29.02.2026',
  '1.13.2026',
  '0.1.2026',
  '1.0.2026',
  '1.1.202',
  'yesterday',
])('returns null for %j, which is not a day', (text) => {
  expect(readDay(text)).toBeNull();
});

test('nothing follows a day with a full year', () => {
  expect(['3.12.2026', '2026-12-03'].every(isFullDay)).toBe(true);
  expect(['3.12', '3.12.20', '2026-12', ''].some(isFullDay)).toBe(false);
});

test('returns null for a day that a Date cannot represent', () => {
  expect(readDay('13.9.275760')).not.toBeNull();
  expect(readDay('31.12.275760')).toBeNull();
  expect(addDays(readDay('13.9.275760') ?? 0, 1)).toBeNull();
});

test('the day after one of 25 hours is the next one', () => {
  expect(addDays(day(2026, 10, 25), 1)).toBe(day(2026, 10, 26));
  expect(addDays(day(2026, 3, 1), -1)).toBe(day(2026, 2, 28));
});

test('uses the last day of a month that lacks the same day', () => {
  expect(addMonths(day(2026, 1, 31), 1)).toBe(day(2026, 2, 28));
  expect(addMonths(day(2026, 3, 31), -1)).toBe(day(2026, 2, 28));
  expect(addMonths(day(2026, 12, 3), 1)).toBe(day(2027, 1, 3));
});

test.each([
  [2026, 2, 5],
  [2027, 2, 4],
  [2026, 8, 6],
  [2026, 11, 6],
])('the weeks of %i-%i are %i, from Monday, with each of its days once', (year, month, count) => {
  const weeks = weeksOf(day(year, month, 15));
  expect(weeks).toHaveLength(count);
  expect(weeks.every(([monday]) => new Date(monday ?? 0).getDay() === 1)).toBe(true);
  const dates = weeks.flat().filter((at) => new Date(at).getMonth() === month - 1);
  expect(dates.map((at) => new Date(at).getDate())).toEqual(
    Array.from({ length: new Date(year, month, 0).getDate() }, (_, at) => at + 1),
  );
});
