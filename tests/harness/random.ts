// Chance that can be repeated: the same seed gives the same numbers.

/** @returns the next number: at least 0, less than 1. */
export type Random = () => number;

/** Mulberry32, in the public domain: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function createRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** @returns a whole number, at least `least` and at most `most`. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

/** @throws for an empty list. */
export function pick<Value>(random: Random, list: readonly Value[]): Value {
  const value = list[Math.floor(random() * list.length)];
  if (value === undefined) throw new Error('There is nothing to pick from.');
  return value;
}

/** @returns a number that is small mostly and large at times, `mean` on average. */
export function seldomLarge(random: Random, mean: number): number {
  return -Math.log(1 - random()) * mean;
}
