// Where things go: the horizon and the light, for a scene and a shape of picture.
import { clamp } from './colour';
import type { Random } from './random';
import type { Scene } from './scene';
import type { Point } from './stage';
import type { TimeOfDay } from './words';

export type Layout = { horizon: number; light: Point & { radius: number } };

// How high the light stands over the horizon, as a share of the sky: low and high ends.
const heights: Record<TimeOfDay, readonly [number, number]> = {
  dawn: [0.03, 0.2],
  morning: [0.42, 0.6],
  noon: [0.72, 0.86],
  'golden-hour': [0.16, 0.34],
  sunset: [0.0, 0.16],
  dusk: [0.02, 0.1],
  night: [0.5, 0.76],
};

/** Chooses the horizon and the place of the light, in pixels, by thirds rather than by halves. */
export function createLayout(scene: Scene, width: number, height: number, random: Random): Layout {
  const ratio = width / height;
  const short = Math.min(width, height);
  const share = horizonShare(scene) + random.between(-0.035, 0.035) + clamp((1 - ratio) * 0.06, -0.03, 0.05);
  const horizon = Math.round(height * share);
  const [low, high] = heights[scene.time];
  const sides = [0.3, 0.36, 0.64, 0.7] as const;
  const centred =
    scene.subjects.length > 0 || scene.styles.includes('minimal') || scene.places.includes('city');
  const x = width * (centred && random.chance(0.5) ? random.between(0.44, 0.56) : random.pick(sides));
  const lift = random.between(low, high);
  const heroic =
    scene.subjects.length > 0 || scene.styles.includes('minimal') || scene.styles.includes('woodblock');
  const large = scene.time === 'sunset' || scene.time === 'dawn' || scene.time === 'golden-hour';
  const base = scene.time === 'noon' || scene.time === 'morning' ? 0.042 : large ? 0.075 : 0.06;
  const radius = short * base * (heroic ? 1.9 : 1) * random.between(0.85, 1.2);
  return {
    horizon,
    light: { x, y: Math.max(radius * 1.3, horizon - horizon * lift - radius * 0.2), radius },
  };
}

function horizonShare(scene: Scene): number {
  const [place] = scene.places;
  if (scene.subjects.length > 0 && place !== 'sea') return 0.68;
  switch (place) {
    case 'sea':
      return 0.6;
    case 'lake':
      return 0.62;
    case 'meadow':
      return 0.5;
    case 'desert':
      return 0.58;
    case 'city':
      return 0.7;
    case 'roof':
      return 0.72;
    case 'forest':
      return 0.7;
    case 'hills':
      return 0.58;
    default:
      return 0.64;
  }
}
