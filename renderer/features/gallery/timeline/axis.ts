// The axis of the date scrubber: months along a line, each as long as its number of pictures.
import type { MonthCount } from '../../../../shared/domain/gallery-timeline';
import type { PictureIndex } from '../../../state/gallery/picture-index';
import { formatDate } from '../../../ui/format';
import { sectionAround } from './sections';

/**
 * Consecutive pictures of one month, and the index of the first. A month may come again, and months may be out of
 * order, because pictures that were made while the clock was wrong have wrong dates.
 */
export type Month = { start: number; first: number };
export type Axis = { total: number; months: Month[] };

/** Returns whether an order by date has pictures of more than one month. */
export function spansMonths({ createdAt, length }: PictureIndex): boolean {
  const [first, last] = [createdAt[0] ?? 0, createdAt[Math.max(0, length - 1)] ?? 0];
  return sectionAround(first, 'month').start !== sectionAround(last, 'month').start;
}

/** Returns the axis of the loaded order. */
export function axisOfIndex({ createdAt, length }: PictureIndex): Axis {
  const months: Month[] = [];
  let month = { start: Number.NaN, end: Number.NaN };
  for (let at = 0; at < length; at += 1) {
    const time = createdAt[at] ?? 0;
    if (time >= month.start && time < month.end) continue;
    month = sectionAround(time, 'month');
    months.push({ start: month.start, first: at });
  }
  return { total: length, months };
}

/**
 * Returns the axis of the whole gallery before its order is loaded. It assumes that the dates are in order; where they
 * are not, positions are off by the number of such pictures.
 */
export function axisOfMonths(counts: readonly MonthCount[]): Axis {
  let total = 0;
  const months = counts.map(({ start, count }) => {
    total += count;
    return { start, first: total - count };
  });
  return { total, months };
}

/** Returns the index of a picture's month, or 0 if there is none. */
export function monthAt({ months }: Axis, at: number): number {
  const found = months.findLastIndex(({ first }) => first <= at);
  return Math.max(0, found);
}

export type Tick = { label: string /** 0 to 1. */; position: number };

/** Returns labels of years, or of months for a short period. @param minGap minimum distance of two labels, 0 to 1. */
export function ticksOf({ total, months }: Axis, minGap: number): Tick[] {
  const years = new Set(months.map(({ start }) => new Date(start).getFullYear()));
  const labelOf = (start: number) =>
    years.size > 2 ? String(new Date(start).getFullYear()) : formatDate(start, { month: 'short' });
  const positionOf = ({ first }: Month) => first / Math.max(1, total - 1);
  /** A few pictures with other dates do not get the label of all that follow. */
  const continuesSoon = (label: string, from: number, position: number): boolean => {
    for (let at = from; at < months.length; at += 1) {
      const month = months[at];
      if (!month || positionOf(month) - position >= minGap) return false;
      if (labelOf(month.start) === label) return true;
    }
    return false;
  };
  const ticks: Tick[] = [];
  let last = '';
  for (const [at, month] of months.entries()) {
    const label = labelOf(month.start);
    const position = positionOf(month);
    const before = ticks.at(-1);
    if (label === last || continuesSoon(last, at + 1, position)) continue;
    if (!before || position - before.position >= minGap) ticks.push({ label, position });
    last = label;
  }
  return ticks;
}
