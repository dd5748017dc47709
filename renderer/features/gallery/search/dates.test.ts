import { expect, test } from 'vitest';
import { fromField, ranges, startOf, toField } from './dates';

const day = (year: number, month: number, date: number, hour = 0) =>
  new Date(year, month - 1, date, hour).getTime();

test.each([
  ['today', day(2026, 11, 22)],
  ['week', day(2026, 11, 16)],
  ['month', day(2026, 11, 1)],
  ['year', day(2026, 1, 1)],
] as const)('starts the range %s at its first midnight', (range, start) => {
  expect(startOf(range, day(2026, 11, 22, 23))).toBe(start);
});

test('starts the week on Monday, even if that is in the previous year', () => {
  expect(startOf('week', day(2026, 11, 16, 1))).toBe(day(2026, 11, 16));
  expect(startOf('week', day(2027, 1, 1))).toBe(day(2026, 12, 28));
  for (const range of ranges) expect(startOf(range, day(2026, 1, 1))).toBeLessThanOrEqual(day(2026, 1, 1));
});

test.each(['2026-12-03', '2024-02-29', '1999-01-01', '2026-10-25'])(
  'converts %s to a time and back without change',
  (text) => {
    expect(toField(fromField(text))).toBe(text);
    // The next day starts after the last moment of this one, even if the day has 25 hours.
    expect(toField((fromField(text, 1) ?? 0) - 1)).toBe(text);
  },
);

test.each(['', '2026', '2026-13', 'yesterday', '03.12.2026'])(
  'returns null for %j, which is not a valid day',
  (text) => {
    expect(fromField(text)).toBeNull();
  },
);

test('returns an empty field for null', () => {
  expect(toField(null)).toBe('');
});

test('returns null for a day that a Date cannot represent', () => {
  expect(fromField('275760-09-12', 0)).not.toBeNull();
  expect(fromField('275760-09-13', 1)).toBeNull();
  expect(fromField('275760-12-31')).toBeNull();
});
