// Smooth noise for textures and terrain: value noise, fractal and ridged.
import type { Random } from './random';

/** Returns smooth two-dimensional noise in [0, 1]. */
export type Noise = (x: number, y: number) => number;

/** Creates value noise with lattice cells of size 1. */
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

/** Returns noise summed over octaves, each about twice as fine and half as strong; in [0, 1]. */
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

/** Returns ridged noise: fractal noise folded at its middle, which makes sharp crests. In [0, 1]. */
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
