// Reads the recipe that a picture's bytes carry, whichever tool wrote it.
import type { PictureFormat } from '../../../shared/domain/picture-files';
import { maxRecipeTextLength, type ReadRecipe, readRecipeSchema } from '../../../shared/domain/read-recipe';
import { readAfterimage } from './afterimage';
import { readAutomatic1111 } from './automatic1111';
import { readComfyUi } from './comfyui';
import { readInvokeAi } from './invokeai';
import { type PictureTexts, readTexts } from './picture-texts';

/** Our own recipe first, then by how much a tool's recipe contains. */
const readers: readonly ((texts: PictureTexts) => ReadRecipe | null)[] = [
  readAfterimage,
  readInvokeAi,
  readAutomatic1111,
  readComfyUi,
];

/**
 * Never throws, inflates without a limit or follows a reference, because the file may come from anyone.
 *
 * @param bytes of a picture in this format, by its signature.
 * @returns null when there is no recipe with a prompt.
 */
export function readRecipe(bytes: Uint8Array, format: PictureFormat): ReadRecipe | null {
  const texts = readTexts(bytes, format);
  for (const read of readers) {
    const recipe = read(texts);
    if (recipe && recipe.prompt.trim() !== '') return truncate(recipe);
  }
  return null;
}

/** Truncates long texts, so that the recipe can be shown and sent like one that the user typed. */
function truncate(recipe: ReadRecipe): ReadRecipe | null {
  const entries = Object.entries(recipe).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.slice(0, maxRecipeTextLength).toWellFormed() : value,
  ]);
  return readRecipeSchema.safeParse(Object.fromEntries(entries)).data ?? null;
}
