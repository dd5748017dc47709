// From a picture's bytes to the recipe that it carries, whichever tool wrote it.
import type { PictureFormat } from '../../../shared/domain/picture-files';
import { maxRecipeTextLength, type ReadRecipe, readRecipeSchema } from '../../../shared/domain/read-recipe';
import { type ExportedRecipe, readXmp } from '../../../shared/domain/xmp';
import { readAutomatic1111 } from './automatic1111';
import { readComfyUi } from './comfyui';
import { readInvokeAi, readOldInvokeAi } from './invokeai';
import { type PictureTexts, readTexts } from './picture-texts';

/**
 * Ours first, then the one that says the most. Files from strangers: nothing here throws, unpacks without a limit or
 * follows what it reads.
 *
 * @param bytes of a picture in this format, by its signature.
 * @returns null where there is no recipe with any words in it.
 */
export function readRecipe(bytes: Uint8Array, format: PictureFormat): ReadRecipe | null {
  const texts = readTexts(bytes, format);
  for (const read of readers) {
    const recipe = read(texts);
    if (recipe && recipe.prompt.trim() !== '') return checked(recipe);
  }
  return null;
}

const readers: readonly ((texts: PictureTexts) => ReadRecipe | null)[] = [
  ({ xmp }) => ours(xmp === null ? null : readXmp(xmp)),
  ({ named }) => readInvokeAi(named.get('invokeai_metadata')),
  ({ named }) => readOldInvokeAi(named.get('sd-metadata')),
  ({ named, comment }) => readAutomatic1111(named.get('parameters') ?? comment ?? ''),
  ({ named }) => readComfyUi(named.get('prompt'), named.get('workflow')),
];

function ours(recipe: ExportedRecipe | null): ReadRecipe | null {
  if (!recipe) return null;
  const { prompt, model, params, createdAt, provider } = recipe;
  const { seed, aspectRatio } = params;
  return {
    source: 'afterimage',
    prompt,
    model,
    seed,
    aspectRatio,
    createdAt,
    rest: `Provider: ${provider}`,
  };
}

/** What is too long is cut, so that a recipe can be shown and sent like one that was typed. */
function checked(recipe: ReadRecipe): ReadRecipe | null {
  const cut = Object.entries(recipe).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.slice(0, maxRecipeTextLength).toWellFormed() : value,
  ]);
  return readRecipeSchema.safeParse(Object.fromEntries(cut)).data ?? null;
}
