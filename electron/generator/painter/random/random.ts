// Seeded random numbers. The painter uses no other source of randomness, so that its pictures are repeatable.

/** A stream of pseudo-random numbers, fully determined by the text it was created from. */
export type Random = {
  /** Returns a number, uniform in [0, 1). */
  next: () => number;
  /** Returns a number, uniform in [low, high). */
  between: (low: number, high: number) => number;
  /** Returns an integer in [low, high], both ends included. */
  integer: (low: number, high: number) => number;
  /** Returns true with the given probability. */
  chance: (probability: number) => boolean;
  /** Returns one of the choices. */
  pick: <Choice>(choices: readonly [Choice, ...Choice[]]) => Choice;
  /** Returns an independent stream, so that a change in one element leaves the others as they are. */
  fork: (name: string) => Random;
};

/** Returns an unsigned 32-bit hash: FNV-1a over UTF-16 code units, then MurmurHash3's finalizer. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Creates a stream (mulberry32) whose seed is the hash of the text. */
export function createRandom(text: string): Random {
  const origin = hashText(text);
  let state = origin;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (choices) => choices[Math.floor(next() * choices.length)] ?? choices[0],
    fork: (name) => createRandom(`${origin}/${name}`),
  };
}
