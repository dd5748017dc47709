// The colours that a prompt gives to single things, such as “a red boat”.
import type { Coloured, Tint } from '../../../../shared/painter/scene';
import { type Colour, lighten, mix } from '../colour/colour';
import { pigments } from '../colour/pigments';
import type { Stage } from './stage';

/** Returns the colour that the prompt gives a thing, as it looks in the picture's light; null if it gives none. */
export function ownColour(stage: Stage, what: Coloured, depth: number): Colour | null {
  const tint = stage.scene.ownTints[what];
  return tint ? requestedColour(stage, tint, pigments[tint], depth) : null;
}

/** Returns shades of the colour that the prompt gives flowers or cloths; the usual ones if it gives none. */
export function ownShades<Shades extends readonly Colour[]>(
  { scene }: Stage,
  what: Coloured,
  usual: Shades,
): Shades | [Colour, Colour, Colour] {
  const tint = scene.ownTints[what];
  if (!tint) return usual;
  const own = pigments[tint];
  return [own, lighten(own, 0.08), lighten(own, -0.08)];
}

/**
 * Returns how a requested colour looks. It stays visible even against the light.
 *
 * @param own the colour in full light.
 */
export function requestedColour(stage: Stage, tint: Tint | null, own: Colour, depth: number): Colour {
  const { palette } = stage;
  if (tint === 'black') return mix(palette.ink, own, 0.4);
  const seen = mix(palette.lit(own, depth), palette.ink, 0.25);
  const kept = {
    ...own,
    lightness: own.lightness * (isFloating(stage) ? 0.92 : 0.5 + 0.45 * palette.exposure),
  };
  return mix(mix(seen, kept, 0.78), palette.haze, depth * 0.8);
}

/** Returns whether figures float, so that they are not in shade. */
export function isFloating({ scene }: Stage): boolean {
  return scene.places.includes('space') || scene.places.includes('underwater');
}
