// Reads the recipe that Afterimage embeds in an exported copy, as XMP.
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import { readXmp } from '../../../shared/domain/xmp';
import type { PictureTexts } from './picture-texts';

export function readAfterimage({ xmp }: Pick<PictureTexts, 'xmp'>): ReadRecipe | null {
  return xmp === null ? null : parseAfterimage(xmp);
}

/** @param xmp a complete packet. */
export function parseAfterimage(xmp: string): ReadRecipe | null {
  const recipe = readXmp(xmp);
  if (!recipe) return null;
  const { prompt, model, params, createdAt, provider } = recipe;
  const { seed, aspectRatio } = params;
  const rest = `Provider: ${provider}`;
  return { source: 'afterimage', prompt, model, seed, aspectRatio, createdAt, rest };
}
