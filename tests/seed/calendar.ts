// When a user makes pictures: over years, on some days many, in some months none.
import { type Random, seldomLarge } from '../harness/random';

const dayMs = 24 * 60 * 60 * 1000;

/** How much happens in each hour of a day. */
const hours = [2, 1, 0, 0, 0, 0, 1, 2, 4, 6, 7, 6, 5, 6, 7, 7, 6, 6, 7, 9, 12, 12, 9, 5];

export type CalendarOptions = {
  random: Random;
  /** Nothing happens later. UTC milliseconds. */
  until: number;
  days: number;
};

/** @returns a function that gives one time after the other, in no order: UTC milliseconds. */
export function createCalendar({ random, until, days }: CalendarOptions): () => number {
  const first = until - days * dayMs;
  const dayOf = createDraw(random, dayWeights(random, days));
  const hourOf = createDraw(random, hours);
  return () => {
    const midnight = Math.floor((first + dayOf() * dayMs) / dayMs) * dayMs;
    const time = midnight + Math.floor((hourOf() + random()) * 3_600_000);
    return Math.min(until, Math.max(first, time));
  };
}

/** Every sixth month is empty and so is every third day; one day in forty is a busy one. The last days never rest. */
function dayWeights(random: Random, days: number): number[] {
  const weights: number[] = [];
  let isMonthEmpty = false;
  for (let day = 0; day < days; day += 1) {
    if (day % 30 === 0) isMonthEmpty = random() < 1 / 6;
    const isResting = (isMonthEmpty || random() < 1 / 3) && day < days - 3;
    const isBusy = random() < 1 / 40;
    const grown = 0.3 + day / days;
    weights.push(isResting ? 0 : grown * seldomLarge(random, 1) * (isBusy ? 15 : 1));
  }
  return weights;
}

/** @returns a function that draws an index, each as often as its weight says. */
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
