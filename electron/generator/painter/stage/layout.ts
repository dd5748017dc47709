// Chooses the positions of the horizon, the light and the main figure, for a scene and a picture size.

import type { Animal, Scene, TimeOfDay } from '../../../../shared/painter/scene';
import { clamp } from '../colour/colour';
import type { Random } from '../random/random';

/** Positions and lengths in pixels. */
export type Layout = {
  /** The y where the sky meets sea or land. */
  horizon: number;
  /** The sun or moon. */
  light: { x: number; y: number; radius: number };
  /** Position of the main subject: its feet and its height. */
  figure: { x: number; foot: number; height: number };
};

// The range of the light's height above the horizon, as a share of the sky.
const lightHeights: Record<TimeOfDay, readonly [number, number]> = {
  dawn: [0.05, 0.2],
  morning: [0.46, 0.62],
  noon: [0.72, 0.84],
  'golden-hour': [0.18, 0.36],
  sunset: [0.02, 0.17],
  dusk: [0.03, 0.12],
  night: [0.5, 0.74],
};

// Heights relative to a fox; the differences are smaller than in nature.
const relativeHeights: Record<Animal, number> = {
  fox: 1,
  cat: 0.92,
  dog: 1,
  bird: 0.5,
  horse: 1.15,
  deer: 1.38,
  wolf: 1.1,
  bear: 1.02,
  whale: 1.5,
  fish: 0.5,
  rabbit: 0.86,
  owl: 1,
  elephant: 1.18,
  camel: 1.15,
  person: 0.92,
  astronaut: 1.15,
};

/** Creates a layout by the rule of thirds. A figure on the ground gets a large, low light behind it. */
export function createLayout(scene: Scene, width: number, height: number, random: Random): Layout {
  const ratio = width / height;
  const shortSide = Math.min(width, height);
  const share = horizonShare(scene) + random.between(-0.035, 0.035) + clamp((1 - ratio) * 0.06, -0.03, 0.05);
  const horizon = Math.round(height * share);
  const mainSubject = scene.subjects[0];
  const isOnGround =
    mainSubject !== undefined &&
    mainSubject.animal !== 'bird' &&
    mainSubject.animal !== 'camel' &&
    mainSubject.animal !== 'fish';
  const [low, high] = lightHeights[scene.time];
  const isSparse = scene.styles.includes('minimal') || scene.styles.includes('woodblock');
  const isLowLight = scene.time === 'sunset' || scene.time === 'dawn' || scene.time === 'golden-hour';
  const base = scene.time === 'noon' || scene.time === 'morning' ? 0.042 : isLowLight ? 0.075 : 0.058;
  const radius =
    shortSide * base * (isOnGround && base > 0.05 ? 2.3 : isSparse ? 1.8 : 1) * random.between(0.9, 1.15);
  const lift = random.between(low, high);
  const third = random.pick([0.3, 0.36, 0.64, 0.7]);
  const ownHeight =
    shortSide * 0.33 * (mainSubject ? relativeHeights[mainSubject.animal] : 1) * random.between(0.94, 1.06);
  const figure = {
    x: width * (ratio > 1.2 ? third : 0.5 + (third - 0.5) * 0.45),
    foot: height * (mainSubject?.animal === 'cat' && scene.places.includes('roof') ? 0.8 : 0.845),
    height: ownHeight,
  };
  const beside = figure.x + (figure.x < width / 2 ? 1 : -1) * ownHeight * random.between(0.05, 0.3);
  const lightX = isOnGround && base > 0.05 ? beside : width * (isSparse && random.chance(0.5) ? 0.5 : third);
  const lightY =
    isOnGround && isLowLight
      ? Math.min(figure.foot - ownHeight * 0.85, horizon - radius * 0.35)
      : Math.max(radius * 1.35, horizon - horizon * lift - radius * 0.2);
  return { horizon, light: { x: lightX, y: lightY, radius }, figure };
}

function horizonShare(scene: Scene): number {
  const [place] = scene.places;
  if (scene.places.includes('city')) return scene.places.includes('roof') ? 0.74 : 0.7;
  if (scene.places.includes('sea')) return 0.6;
  if (scene.places.includes('lake')) return 0.61;
  if (scene.subjects.length > 0 && place !== 'desert') return 0.66;
  switch (place) {
    case 'meadow':
      return 0.5;
    case 'desert':
      return 0.56;
    case 'forest':
      return 0.68;
    case 'hills':
      return 0.55;
    default:
      return 0.64;
  }
}
