// Draws times when a user makes pictures: spread over years, with busy days and empty months.
import { exponential, type Random } from '../harness/random';

const dayMs = 24 * 60 * 60 * 1000;

/** The relative activity in each hour of a day. */
const hourWeights = [2, 1, 0, 0, 0, 0, 1, 2, 4, 6, 7, 6, 5, 6, 7, 7, 6, 6, 7, 9, 12, 12, 9, 5];

export type CalendarOptions = {
  random: Random;
  /** The latest time. UTC milliseconds. */
  until: number;
  days: number;
};

/** @returns a function that draws a time in UTC milliseconds. The times are not sorted. */
export function createCalendar({ random, until, days }: CalendarOptions): () => number {
  const first = until - days * dayMs;
  const dayOf = createDraw(random, dayWeights(random, days));
  const hourOf = createDraw(random, hourWeights);
  return () => {
    const midnight = Math.floor((first + dayOf() * dayMs) / dayMs) * dayMs;
    const time = midnight + Math.floor((hourOf() + random()) * 3_600_000);
    return Math.min(until, Math.max(first, time));
  };
}

/** On average every sixth month and every third day is empty, and one day in forty is busy. The last days are not empty. */
function dayWeights(random: Random, days: number): number[] {
  const weights: number[] = [];
  let isMonthEmpty = false;
  for (let day = 0; day < days; day += 1) {
    if (day % 30 === 0) isMonthEmpty = random() < 1 / 6;
    const isEmpty = (isMonthEmpty || random() < 1 / 3) && day < days - 3;
    const isBusy = random() < 1 / 40;
    const growth = 0.3 + day / days;
    weights.push(isEmpty ? 0 : growth * exponential(random, 1) * (isBusy ? 15 : 1));
  }
  return weights;
}

/** @returns a function that draws an index with a probability proportional to its weight. */
function createDraw(random: Random, weights: readonly number[]): () => number {
  const sums: number[] = [];
  let sum = 0;
  for (const weight of weights) {
    sum += weight;
    sums.push(sum);
  }
  return () => {
    const drawn = random() * sum;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) > drawn) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
