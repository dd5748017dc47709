// Reads the recipe that a picture's bytes carry, whichever tool wrote it.
import type { PictureFormat } from '../../../shared/domain/picture-files';
import { maxRecipeTextLength, type ReadRecipe, readRecipeSchema } from '../../../shared/domain/read-recipe';
import { readAfterimage } from './afterimage';
import { readAutomatic1111 } from './automatic1111';
import { readComfyUi } from './comfyui';
import { readInvokeAi } from './invokeai';
import { type PictureTexts, readTexts } from './picture-texts';
import { createReadingBudget, type ReadingBudget } from './reading-budget';

/** Our own recipe first, then by how much a tool's recipe contains. */
const readers: readonly ((texts: PictureTexts) => ReadRecipe | null)[] = [
  readAfterimage,
  readInvokeAi,
  readAutomatic1111,
  readComfyUi,
];

export type FoundRecipe = {
  /** Null when there is no recipe with a prompt. */
  recipe: ReadRecipe | null;
  /** Whether none was found, and some metadata was left unread because it exceeds the budget. */
  isLeftUnread: boolean;
};

/**
 * Never throws, inflates without a limit or follows a reference, because the file may come from anyone.
 *
 * @param bytes of a picture in this format, by its signature.
 */
export function findRecipe(
  bytes: Uint8Array,
  format: PictureFormat,
  budget: ReadingBudget = createReadingBudget(),
): FoundRecipe {
  const texts = readTexts(bytes, format, budget);
  for (const read of readers) {
    if (!budget.take(0)) break;
    const found = read(texts);
    const recipe = found && found.prompt.trim() !== '' ? truncate(found) : null;
    if (recipe) return { recipe, isLeftUnread: false };
  }
  return { recipe: null, isLeftUnread: budget.isExceeded() };
}

/** As `findRecipe`, where it does not matter why there is none. */
export function readRecipe(bytes: Uint8Array, format: PictureFormat): ReadRecipe | null {
  return findRecipe(bytes, format).recipe;
}

/** Truncates long texts, so that the recipe can be shown and sent like one that the user typed, and says so. */
function truncate(recipe: ReadRecipe): ReadRecipe | null {
  const isLong = Object.values(recipe).some(
    (value) => typeof value === 'string' && value.length > maxRecipeTextLength,
  );
  const entries = Object.entries(recipe).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.slice(0, maxRecipeTextLength).toWellFormed() : value,
  ]);
  const shortened = { ...Object.fromEntries(entries), ...(isLong && { isShortened: true }) };
  return readRecipeSchema.safeParse(shortened).data ?? null;
}
