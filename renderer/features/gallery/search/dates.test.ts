import { expect, test } from 'vitest';
import { fromField, ranges, startOf, toField } from './dates';

const day = (year: number, month: number, date: number, hour = 0) =>
  new Date(year, month - 1, date, hour).getTime();

test.each([
  ['today', day(2026, 11, 22)],
  ['week', day(2026, 11, 16)],
  ['month', day(2026, 11, 1)],
  ['year', day(2026, 1, 1)],
] as const)('on a Sunday in November, %s begins at its first midnight', (range, start) => {
  expect(startOf(range, day(2026, 11, 22, 23))).toBe(start);
});

test('on a Monday the week begins that day, and a month into the year before', () => {
  expect(startOf('week', day(2026, 11, 16, 1))).toBe(day(2026, 11, 16));
  expect(startOf('week', day(2027, 1, 1))).toBe(day(2026, 12, 28));
  for (const range of ranges) expect(startOf(range, day(2026, 1, 1))).toBeLessThanOrEqual(day(2026, 1, 1));
});

test.each(['2026-12-03', '2024-02-29', '1999-01-01', '2026-10-25'])('%s comes back as it was', (text) => {
  expect(toField(fromField(text))).toBe(text);
  // The day after begins behind the last moment of this one, also where a day has 25 hours.
  expect(toField((fromField(text, 1) ?? 0) - 1)).toBe(text);
});

test.each(['', '2026', '2026-13', 'yesterday', '03.12.2026'])('%j is no day', (text) => {
  expect(fromField(text)).toBeNull();
});

test('no moment is an empty field', () => {
  expect(toField(null)).toBe('');
});

test('behind the last day that a field can hold there is no limit', () => {
  expect(fromField('275760-09-12', 0)).not.toBeNull();
  expect(fromField('275760-09-13', 1)).toBeNull();
  expect(fromField('275760-12-31')).toBeNull();
});
