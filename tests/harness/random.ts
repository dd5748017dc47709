// Seeded random numbers: the same seed gives the same sequence.

/** @returns the next number in [0, 1). */
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

/** @returns an integer from `min` to `max`, both included. */
export function between(random: Random, min: number, max: number): number {
  return min + Math.floor(random() * (max - min + 1));
}

/** @throws Error for an empty list. */
export function pick<Value>(random: Random, list: readonly Value[]): Value {
  const value = list[Math.floor(random() * list.length)];
  if (value === undefined) throw new Error('Cannot pick from an empty list.');
  return value;
}

/** @returns an exponentially distributed number: mostly small, rarely large, `mean` on average. */
export function exponential(random: Random, mean: number): number {
  return -Math.log(1 - random()) * mean;
}
