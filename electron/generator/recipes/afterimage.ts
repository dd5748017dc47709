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

/** Each parameter that has no place of its own in a recipe of any tool; null for those that have one, or say nothing elsewhere. */
const restLines: {
  [Name in keyof Required<PictureParams>]: ((value: Required<PictureParams>[Name]) => string) | null;
} = {
  resolution: String,
  quality: String,
  thinking: String,
  background: String,
  upscale: ({ factor }) => `${factor} ×`,
  ...{ aspectRatio: null, seed: null, negativePrompt: null, steps: null, sampler: null, scheduler: null },
  ...{ guidance: null, strength: null, references: null, change: null },
  // Of pictures and masks on the computer where it was made, or about the choice alone.
  ...{ seedChosen: null, repeats: null, edit: null },
};

function restOf(provider: string, params: PictureParams): string {
  // The keys are those of the parameters.
  const lines = (Object.keys(restLines) as (keyof PictureParams)[]).flatMap((name) => lineOf(name, params));
  return [`Provider: ${provider}`, ...lines].join('\n');
}

function lineOf<Name extends keyof PictureParams>(name: Name, params: PictureParams): string[] {
  const [say, value] = [restLines[name], params[name]];
  if (!say || value === undefined) return [];
  return [`${name[0]?.toUpperCase()}${name.slice(1)}: ${say(value)}`];
}
