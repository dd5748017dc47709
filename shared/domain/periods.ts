// Days, weeks, months and years in local time, and named periods such as "last week".

/** The periods that the search understands and the filters list, in this order. */
export const periods = [
  'today',
  'yesterday',
  'before_yesterday',
  'this_week',
  'last_week',
  'this_month',
  'last_month',
  'this_year',
  'last_year',
] as const;
export type Period = (typeof periods)[number];

const calendarUnits = ['day', 'week', 'month', 'year'] as const;
export type CalendarUnit = (typeof calendarUnits)[number];

/** UTC milliseconds; `to` is exclusive. */
export type Dates = { from: number; to: number };

/** Number of units back from the current one. */
const unitsBack: Record<Period, [unit: CalendarUnit, back: number]> = {
  today: ['day', 0],
  yesterday: ['day', 1],
  before_yesterday: ['day', 2],
  this_week: ['week', 0],
  last_week: ['week', 1],
  this_month: ['month', 0],
  last_month: ['month', 1],
  this_year: ['year', 0],
  last_year: ['year', 1],
};

/** Returns the days of a period, as seen from `now`. */
export function datesOfPeriod(period: Period, now: number): Dates {
  const [unit, back] = unitsBack[period];
  return datesAround(unit, now, -back);
}

/** Returns the period with these days, as seen from `now`; undefined if no period has them. */
export function periodOfDates({ from, to }: Dates, now: number): Period | undefined {
  return periods.find((period) => {
    const dates = datesOfPeriod(period, now);
    return dates.from === from && dates.to === to;
  });
}

/** Returns the day, week, month or year that contains `at`, or the one that is `after` units later. */
export function datesAround(unit: CalendarUnit, at: number, after = 0): Dates {
  return { from: startOf(unit, at, after), to: startOf(unit, at, after + 1) };
}

/** Returns the unit if these days are exactly one day, week, month or year; otherwise undefined. */
export function unitOfDates({ from, to }: Dates): CalendarUnit | undefined {
  return calendarUnits.find((unit) => startOf(unit, from) === from && startOf(unit, from, 1) === to);
}

/**
 * Returns the start of the unit that contains `at`, or of the one that is `after` units later, in UTC milliseconds. A
 * week starts on Monday.
 */
export function startOf(unit: CalendarUnit, at: number, after = 0): number {
  const day = new Date(at);
  const [year, month, date] = [day.getFullYear(), day.getMonth(), day.getDate()];
  if (unit === 'year') return startOfDay(year + after, 0, 1);
  if (unit === 'month') return startOfDay(year, month + after, 1);
  if (unit === 'week') return startOfDay(year, month, date - ((day.getDay() + 6) % 7) + 7 * after);
  return startOfDay(year, month, date + after);
}

/** Returns the start of a day in UTC milliseconds; NaN if a Date cannot represent it. @param month from 0. */
export function startOfDay(year: number, month: number, date: number): number {
  // Uses `setFullYear`, because the constructor reads the year 26 as 1926.
  return new Date(2000, 0, 1).setFullYear(year, month, date);
}
