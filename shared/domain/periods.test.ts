import { expect, test } from 'vitest';
import {
  datesAround,
  datesOfPeriod,
  type Period,
  periodOfDates,
  periods,
  startOf,
  unitOfDates,
} from './periods';

const day = (year: number, month: number, date: number, hour = 0) =>
  new Date(year, month - 1, date, hour).getTime();
/** A Sunday. */
const now = day(2026, 11, 22, 23);

test.each<[Period, number, number]>([
  ['today', day(2026, 11, 22), day(2026, 11, 23)],
  ['yesterday', day(2026, 11, 21), day(2026, 11, 22)],
  ['before_yesterday', day(2026, 11, 20), day(2026, 11, 21)],
  ['this_week', day(2026, 11, 16), day(2026, 11, 23)],
  ['last_week', day(2026, 11, 9), day(2026, 11, 16)],
  ['this_month', day(2026, 11, 1), day(2026, 12, 1)],
  ['last_month', day(2026, 10, 1), day(2026, 11, 1)],
  ['this_year', day(2026, 1, 1), day(2027, 1, 1)],
  ['last_year', day(2025, 1, 1), day(2026, 1, 1)],
])('%s consists of whole days, and is found by them', (period, from, to) => {
  expect(datesOfPeriod(period, now)).toEqual({ from, to });
  expect(periodOfDates({ from, to }, now)).toBe(period);
});

test('every period ends when the next one begins, at each day of two years', () => {
  for (let date = 1; date <= 730; date += 1) {
    const at = day(2027, 1, date, 1);
    for (const [earlier, later] of [
      ['before_yesterday', 'yesterday'],
      ['yesterday', 'today'],
      ['last_week', 'this_week'],
      ['last_month', 'this_month'],
      ['last_year', 'this_year'],
    ] as const) {
      expect(datesOfPeriod(earlier, at).to).toBe(datesOfPeriod(later, at).from);
    }
    for (const period of periods) expect(datesOfPeriod(period, at).from).toBeLessThanOrEqual(at);
  }
});

test('a week begins on Monday, even in the year before', () => {
  expect(startOf('week', day(2026, 11, 16, 1))).toBe(day(2026, 11, 16));
  expect(startOf('week', day(2027, 1, 1))).toBe(day(2026, 12, 28));
});

test('a month after the 31st is the next one, whatever its length', () => {
  expect(startOf('month', day(2026, 1, 31), 1)).toBe(day(2026, 2, 1));
  expect(startOf('month', day(2026, 3, 31), -1)).toBe(day(2026, 2, 1));
});

test('distinguishes whole units from other days', () => {
  for (const unit of ['day', 'week', 'month', 'year'] as const)
    expect(unitOfDates(datesAround(unit, now))).toBe(unit);
  expect(unitOfDates({ from: day(2026, 11, 17), to: day(2026, 11, 24) })).toBeUndefined();
  expect(periodOfDates({ from: day(2026, 11, 10), to: day(2026, 11, 17) }, now)).toBeUndefined();
});
