// The colours of one picture: a hand-tuned light, adjusted for weather, colour words and style.

import type { Scene } from '../../../../shared/painter/scene';
import type { Random } from '../random/random';
import { type Colour, clamp, lighten, mix, saturate } from './colour';
import { type Light, lights, neonLights } from './lights';
import { pigments } from './pigments';

/** All colours of one picture. A depth is 0 at the viewer's feet and 1 at the horizon. */
export type Palette = Light & {
  /** Returns how a material of the given colour looks in this light at this depth. */
  lit: (own: Colour, depth: number) => Colour;
  /** Returns the colour shifted by the prompt's colour words only, as if in full light: for lamps, windows and paint. */
  tinted: (own: Colour) => Colour;
};

/** Creates the palette of a scene; `random` picks among the variants of its light. */
export function createPalette(scene: Scene, random: Random): Palette {
  const base = scene.styles.includes('neon') ? random.pick(neonLights) : random.pick(lights[scene.time]);
  const tint = createTint(scene);
  const adjust = (colour: Colour): Colour => tint(applyWeather(colour, scene, base));
  const [top, ...below] = base.sky;
  const haze = adjust(base.haze);
  const ink = tint(base.ink);
  const ambient = mix(ink, haze, 0.3);
  return {
    sky: [adjust(top), ...below.map(adjust)],
    light: tint(base.light),
    glow: tint(base.glow),
    haze,
    ink,
    cloudLight: adjust(base.cloudLight),
    cloudShade: adjust(base.cloudShade),
    exposure: base.exposure,
    tinted: tint,
    lit: (own, depth) => {
      const seen = mix(ambient, tint(own), 0.25 + base.exposure * 0.68);
      const lightness = seen.lightness * (0.42 + base.exposure * 0.56);
      return mix({ ...seen, lightness }, haze, clamp(depth));
    },
  };
}

function applyWeather(colour: Colour, scene: Scene, light: Light): Colour {
  const dull = (amount: number, lift: number): Colour => {
    // At night the colours are already muted, so the weather takes less from them.
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

// A single colour word shifts every hue towards it. With two or more, dark colours shift towards the first word and
// light colours towards the last.
function createTint(scene: Scene): (colour: Colour) => Colour {
  const [darkTint, ...others] = scene.tints;
  if (!darkTint) return (colour) => colour;
  const dark = pigments[darkTint];
  const lightTint = others.at(-1);
  const isSingle = !lightTint;
  const light = lightTint ? pigments[lightTint] : dark;
  return (colour) => {
    const share = clamp((colour.lightness - 0.3) / 0.5);
    const target = mix(dark, light, share);
    const isNeutral = target.chroma < 0.02;
    if (isNeutral)
      return { ...saturate(colour, 0.12), lightness: interpolate(colour.lightness, target.lightness, 0.22) };
    const shape = 0.55 + 0.45 * Math.sin(clamp(colour.lightness) * Math.PI);
    const chroma = Math.max(colour.chroma * 0.7, target.chroma * shape * 0.85);
    const hue = target.hue + hueDistance(target.hue, colour.hue) * (isSingle ? 0.12 : 0.08);
    return {
      lightness: interpolate(colour.lightness, target.lightness, 0.1),
      chroma,
      hue: (hue + 360) % 360,
    };
  };
}

function hueDistance(from: number, to: number): number {
  return ((to - from + 540) % 360) - 180;
}

function interpolate(from: number, to: number, amount: number): number {
  return from + (to - from) * amount;
}
