// The colours of one picture: a hand-tuned set for each time of day, then bent by weather, words and style.

import type { Random } from '../random/random';
import type { Scene } from '../read/read-scene';
import { type Colour, clamp, lighten, mix, saturate } from './colour';
import { type Light, lights, neonLights, pigments } from './lights';

/** Everything a brush may ask for. Depth is 0 at the viewer's feet and 1 at the horizon. */
export type Palette = {
  /** From the top of the picture down to the horizon. */
  sky: readonly [Colour, ...Colour[]];
  /** The disc of the sun or moon, and what its light does to an edge. */
  light: Colour;
  /** The light's soft surroundings. */
  glow: Colour;
  /** What distance fades into. */
  haze: Colour;
  /** The darkest, nearest silhouettes. */
  ink: Colour;
  cloudLight: Colour;
  cloudShade: Colour;
  /** How much of a thing's own colour shows by this light, 0 to 1. */
  exposure: number;
  /** A material's own colour as it looks in this light, at this depth. */
  lit: (own: Colour, depth: number) => Colour;
  /** A colour bent by the colour words alone, as if in full light: for lamps, windows and paint. */
  bent: (own: Colour) => Colour;
};

/** Chooses the palette of a scene; the chance picks among variants of the same light. */
export function createPalette(scene: Scene, random: Random): Palette {
  const base = scene.styles.includes('neon') ? random.pick(neonLights) : random.pick(lights[scene.time]);
  const bend = createBend(scene);
  const weather = (colour: Colour): Colour => bend(weathered(colour, scene, base));
  const [top, ...below] = base.sky;
  const haze = weather(base.haze);
  const ink = bend(base.ink);
  const ambient = mix(ink, haze, 0.3);
  return {
    sky: [weather(top), ...below.map(weather)],
    light: bend(base.light),
    glow: bend(base.glow),
    haze,
    ink,
    cloudLight: weather(base.cloudLight),
    cloudShade: weather(base.cloudShade),
    exposure: base.exposure,
    bent: bend,
    lit: (own, depth) => {
      const seen = mix(ambient, bend(own), 0.25 + base.exposure * 0.68);
      const lightness = seen.lightness * (0.42 + base.exposure * 0.56);
      return mix({ ...seen, lightness }, haze, clamp(depth));
    },
  };
}

function weathered(colour: Colour, scene: Scene, light: Light): Colour {
  const dull = (amount: number, lift: number): Colour => {
    // By night there is little colour left to lose.
    const share = amount * (0.35 + 0.65 * Math.min(1, light.exposure * 1.6));
    const grey = { ...mix(colour, light.haze, share), chroma: colour.chroma * (1 - share) };
    return lighten(grey, lift * (0.3 + light.exposure));
  };
  switch (scene.weather) {
    case 'clear':
      return colour;
    case 'cloudy':
      return dull(0.15, 0);
    case 'fog':
      return dull(0.4, 0);
    case 'rain':
      return dull(0.4, -0.06);
    case 'storm':
      return dull(0.5, -0.16);
    case 'snow':
      return dull(0.42, 0.05);
  }
}

// One colour word pulls every hue to itself; of two or more, the darks take the first and the lights the last.
function createBend(scene: Scene): (colour: Colour) => Colour {
  const [darkTint, ...others] = scene.tints;
  if (!darkTint) return (colour) => colour;
  const dark = pigments[darkTint];
  const lightTint = others.at(-1);
  const single = !lightTint;
  const light = lightTint ? pigments[lightTint] : dark;
  return (colour) => {
    const share = clamp((colour.lightness - 0.3) / 0.5);
    const target = mix(dark, light, share);
    const neutral = target.chroma < 0.02;
    if (neutral)
      return { ...saturate(colour, 0.12), lightness: toward(colour.lightness, target.lightness, 0.22) };
    const shape = 0.55 + 0.45 * Math.sin(clamp(colour.lightness) * Math.PI);
    const chroma = Math.max(colour.chroma * 0.7, target.chroma * shape * 0.85);
    const hue = target.hue + hueDistance(target.hue, colour.hue) * (single ? 0.12 : 0.08);
    return { lightness: toward(colour.lightness, target.lightness, 0.1), chroma, hue: (hue + 360) % 360 };
  };
}

function hueDistance(from: number, to: number): number {
  return ((to - from + 540) % 360) - 180;
}

function toward(from: number, to: number, amount: number): number {
  return from + (to - from) * amount;
}
