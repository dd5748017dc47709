// The axis of the date scrubber: months along a line, each as long as its number of pictures.
import type { MonthCount } from '../../../../shared/domain/gallery-timeline';
import type { PictureIndex } from '../../../state/gallery/picture-index';
import { formatDate } from '../../../ui/format';
import { sectionAround } from './sections';

/** A month, and the index of its first picture. */
export type Month = { start: number; first: number };
export type Axis = { total: number; months: Month[] };

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

/** Returns the axis of the whole gallery before its order is loaded. */
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
  const ticks: Tick[] = [];
  let last = '';
  for (const { start, first } of months) {
    const label = labelOf(start);
    const position = first / Math.max(1, total - 1);
    const before = ticks.at(-1);
    if (label !== last && (!before || position - before.position >= minGap)) ticks.push({ label, position });
    last = label;
  }
  return ticks;
}
