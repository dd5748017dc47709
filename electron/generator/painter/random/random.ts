// Repeatable chance: a small seeded generator and smooth noise. Nothing in the painter may use any other source.

/** A stream of chance that is fully decided by the text it was created from. */
export type Random = {
  /** Uniform in [0, 1). */
  next: () => number;
  /** Uniform in [low, high). */
  between: (low: number, high: number) => number;
  /** A whole number in [low, high], both ends included. */
  integer: (low: number, high: number) => number;
  /** True with the given probability. */
  chance: (probability: number) => boolean;
  /** One of the choices. */
  pick: <Choice>(choices: readonly [Choice, ...Choice[]]) => Choice;
  /** An independent stream, so that one element's appetite never reshuffles another. */
  fork: (name: string) => Random;
};

/** Smooth two-dimensional noise in [0, 1]. */
export type Noise = (x: number, y: number) => number;

/** FNV-1a over UTF-16 units, finished with an avalanche; 32 unsigned bits. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A stream of chance (mulberry32) that depends on nothing but the text. */
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

/** Value noise with one lattice cell to the unit. */
export function createNoise(random: Random): Noise {
  const salt = Math.floor(random.next() * 0x7fffffff);
  const lattice = (x: number, y: number): number => {
    let hash = (Math.imul(x, 374761393) + Math.imul(y, 668265263)) ^ salt;
    hash = Math.imul(hash ^ (hash >>> 13), 1274126177);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return ((hash ^ (hash >>> 16)) >>> 0) / 4294967295;
  };
  return (x, y) => {
    const left = Math.floor(x);
    const top = Math.floor(y);
    const alongX = smoothStep(x - left);
    const alongY = smoothStep(y - top);
    const upper = lattice(left, top) * (1 - alongX) + lattice(left + 1, top) * alongX;
    const lower = lattice(left, top + 1) * (1 - alongX) + lattice(left + 1, top + 1) * alongX;
    return upper * (1 - alongY) + lower * alongY;
  };
}

/** Noise summed over octaves, each twice as fine and half as strong; still in [0, 1]. */
export function fractal(noise: Noise, x: number, y: number, octaves: number): number {
  let sum = 0;
  let weight = 0.5;
  let total = 0;
  let scale = 1;
  for (let octave = 0; octave < octaves; octave += 1) {
    sum += noise(x * scale + octave * 17.3, y * scale - octave * 9.1) * weight;
    total += weight;
    weight *= 0.5;
    scale *= 2.03;
  }
  return sum / total;
}

/** Fractal noise folded at its middle, which makes sharp crests: ridges, folds, curtains. In [0, 1]. */
export function ridged(noise: Noise, x: number, y: number, octaves: number): number {
  let sum = 0;
  let weight = 0.5;
  let total = 0;
  let scale = 1;
  for (let octave = 0; octave < octaves; octave += 1) {
    const crest = 1 - Math.abs(noise(x * scale + octave * 31.7, y * scale + octave * 5.3) * 2 - 1);
    sum += crest * crest * weight;
    total += weight;
    weight *= 0.5;
    scale *= 2.07;
  }
  return sum / total;
}

function smoothStep(position: number): number {
  return position * position * position * (position * (position * 6 - 15) + 10);
}
