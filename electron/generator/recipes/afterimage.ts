// Reads the recipe that Afterimage embeds in an exported copy, as XMP.
import type { ReadRecipe } from '../../../shared/domain/read-recipe';
import { readXmp } from '../../../shared/domain/xmp';
import type { PictureTexts } from './picture-texts';
import { recipeOf } from './recipe-of';

export function readAfterimage({ xmp }: Pick<PictureTexts, 'xmp'>): ReadRecipe | null {
  return xmp === null ? null : parseAfterimage(xmp);
}

/** @param xmp a complete packet. */
export function parseAfterimage(xmp: string): ReadRecipe | null {
  const recipe = readXmp(xmp);
  if (!recipe) return null;
  const { prompt, model, params, createdAt, provider } = recipe;
  const { seed, aspectRatio, negativePrompt, steps, sampler, scheduler, guidance, strength, references } =
    params;
  const rest = `Provider: ${provider}`;
  const values = {
    seed,
    negativePrompt,
    steps,
    sampler,
    scheduler,
    guidance,
    strength,
    parent: references?.[0],
  };
  return { ...recipeOf('afterimage', { prompt, model, createdAt, rest, ...values }), aspectRatio };
}
