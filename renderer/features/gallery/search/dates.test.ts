import { expect, test } from 'vitest';
import { fromField, ranges, startOf, toField } from './dates';

const day = (year: number, month: number, date: number, hour = 0) =>
  new Date(year, month - 1, date, hour).getTime();

test.each([
  ['today', day(2026, 11, 22)],
  ['week', day(2026, 11, 16)],
  ['month', day(2026, 11, 1)],
  ['year', day(2026, 1, 1)],
] as const)('on a Sunday in November, %s starts at its first midnight', (range, start) => {
  expect(startOf(range, day(2026, 11, 22, 23))).toBe(start);
});

test('a week starts on Monday, also if that is in the previous year', () => {
  expect(startOf('week', day(2026, 11, 16, 1))).toBe(day(2026, 11, 16));
  expect(startOf('week', day(2027, 1, 1))).toBe(day(2026, 12, 28));
  for (const range of ranges) expect(startOf(range, day(2026, 1, 1))).toBeLessThanOrEqual(day(2026, 1, 1));
});

test.each(['2026-12-03', '2024-02-29', '1999-01-01', '2026-10-25'])(
  '%s is the same after a conversion and back',
  (text) => {
    expect(toField(fromField(text))).toBe(text);
    // The next day starts after the last moment of this one, also if the day has 25 hours.
    expect(toField((fromField(text, 1) ?? 0) - 1)).toBe(text);
  },
);

test.each(['', '2026', '2026-13', 'yesterday', '03.12.2026'])('%j is not a valid day', (text) => {
  expect(fromField(text)).toBeNull();
});

test('null is an empty field', () => {
  expect(toField(null)).toBe('');
});

test('a day after the last one that a Date can represent is null', () => {
  expect(fromField('275760-09-12', 0)).not.toBeNull();
  expect(fromField('275760-09-13', 1)).toBeNull();
  expect(fromField('275760-12-31')).toBeNull();
});
