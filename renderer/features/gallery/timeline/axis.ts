// What the date scrubber shows: months along a line, each as long as it has pictures.
import type { MonthCount } from '../../../../shared/domain/gallery-timeline';
import type { PictureIndex } from '../../../state/gallery/picture-index';
import { formatDate } from '../../../ui/format';
import { sectionAround } from './sections';

/** A month, and the place of its first picture in the order. */
export type Month = { start: number; first: number };
export type Axis = { total: number; months: Month[] };

/** @returns the axis of what has been read. */
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

/** @returns the axis of the whole gallery before it has been read. */
export function axisOfMonths(counts: readonly MonthCount[]): Axis {
  let total = 0;
  const months = counts.map(({ start, count }) => {
    total += count;
    return { start, first: total - count };
  });
  return { total, months };
}

/** @returns the number of the month that a picture is in; 0 where there is none. */
export function monthAt({ months }: Axis, at: number): number {
  const found = months.findLastIndex(({ first }) => first <= at);
  return Math.max(0, found);
}

export type Tick = { label: string /** 0 to 1. */; position: number };

/** @param fewest part of the line between two labels, so that they do not touch. @returns years, or months of a short time. */
export function ticksOf({ total, months }: Axis, fewest: number): Tick[] {
  const years = new Set(months.map(({ start }) => new Date(start).getFullYear()));
  const labelOf = (start: number) =>
    years.size > 2 ? String(new Date(start).getFullYear()) : formatDate(start, { month: 'short' });
  const ticks: Tick[] = [];
  let last = '';
  for (const { start, first } of months) {
    const label = labelOf(start);
    const position = first / Math.max(1, total - 1);
    const before = ticks.at(-1);
    if (label !== last && (!before || position - before.position >= fewest)) ticks.push({ label, position });
    last = label;
  }
  return ticks;
}
