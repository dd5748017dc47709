// Reads the recipe that Afterimage embeds in an exported copy, as XMP.
import type { PictureParams } from '../../../shared/domain/models';
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
  return {
    ...recipeOf('afterimage', { prompt, model, createdAt, rest: restOf(provider, params), ...values }),
    aspectRatio,
    ...(params.change && { change: params.change }),
  };
}

/** Which parameters have no place of their own in a recipe. Some of the others say nothing on another computer. */
const isInRest: Readonly<Record<keyof PictureParams, boolean>> = {
  ...{ resolution: true, quality: true, thinking: true, background: true, upscale: true },
  ...{ aspectRatio: false, seed: false, negativePrompt: false, steps: false, sampler: false },
  ...{ scheduler: false, guidance: false, strength: false, references: false, change: false },
  ...{ seedChosen: false, repeats: false, edit: false },
};

function restOf(provider: string, params: PictureParams): string {
  const { upscale } = params;
  const values: Readonly<Record<string, unknown>> = { ...params, upscale: upscale && `${upscale.factor} ×` };
  const lines = Object.entries(isInRest).flatMap(([name, isIn]) =>
    isIn && values[name] !== undefined ? `${name[0]?.toUpperCase()}${name.slice(1)}: ${values[name]}` : [],
  );
  return [`Provider: ${provider}`, ...lines].join('\n');
}
