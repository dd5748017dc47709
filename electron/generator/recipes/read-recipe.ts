// Reads the recipe in a picture's bytes, whichever tool wrote it.
import { isForeign } from '../../../shared/domain/picture-bytes/foreign-format';
import type { ForeignFormat, PictureFormat } from '../../../shared/domain/picture-files';
import { maxRecipeTextLength, type ReadRecipe, readRecipeSchema } from '../../../shared/domain/read-recipe';
import { readAfterimage } from './afterimage';
import { readAutomatic1111 } from './automatic1111';
import { readComfyUi } from './comfyui';
import { readCredentials } from './credentials';
import { dateIn } from './dates';
import { readDrawThings } from './draw-things';
import { readEasyDiffusion } from './easy-diffusion';
import { readFooocus } from './fooocus';
import { readForeignTexts } from './foreign-texts';
import { readInvokeAi } from './invokeai';
import { readMidjourney } from './midjourney';
import { readNovelAi } from './novelai';
import { type PictureTexts, readTexts } from './picture-texts';
import { createReadingBudget, type ReadingBudget } from './reading-budget';
import { parseStealthText } from './stealth';
import { readStealthText } from './stealth-text';
import { readSwarmUi } from './swarmui';
import { unreadTexts } from './unread-texts';

/** Our own recipe first, then formats that identify one tool reliably, then those with the most content. */
const readers: readonly ((texts: PictureTexts) => ReadRecipe | null)[] = [
  readAfterimage,
  readInvokeAi,
  readSwarmUi,
  readNovelAi,
  readFooocus,
  readDrawThings,
  readAutomatic1111,
  readComfyUi,
  readEasyDiffusion,
  readMidjourney,
];

export type FoundRecipe = {
  /**
   * Null if the file names neither a prompt nor a tool. The prompt is empty if the tool had none, or if only the
   * tool is named.
   */
  recipe: ReadRecipe | null;
  /** The metadata that no reader has understood, if there is no recipe. */
  raw?: string;
  /** When the picture was made, according to the file's metadata. UTC milliseconds. */
  createdAt?: number;
  /** Whether no recipe was found and some metadata was left unread because it exceeded the budget. */
  isLeftUnread: boolean;
};

/**
 * Reads the recipe and the date. Never throws, never inflates without a limit, and follows no reference, because
 * the file's origin is unknown.
 *
 * @param bytes of a picture whose signature is that of `format`.
 */
export function findRecipe(
  bytes: Uint8Array,
  format: PictureFormat | ForeignFormat,
  budget: ReadingBudget = createReadingBudget(),
): FoundRecipe {
  const texts = isForeign(format)
    ? readForeignTexts(bytes, format, budget)
    : readTexts(bytes, format, budget);
  const recipe = recipeIn(texts, bytes, format, budget);
  const createdAt = recipe?.createdAt ?? dateIn(texts);
  const raw = unreadTexts(texts, recipe);
  const dated = createdAt !== undefined && { createdAt };
  if (!recipe) return { recipe: null, ...(raw && { raw }), ...dated, isLeftUnread: budget.isExceeded() };
  return { recipe: { ...recipe, ...(raw && { raw }) }, ...dated, isLeftUnread: false };
}

function recipeIn(
  texts: PictureTexts,
  bytes: Uint8Array,
  format: PictureFormat | ForeignFormat,
  budget: ReadingBudget,
): ReadRecipe | null {
  let promptless: ReadRecipe | null = null;
  for (const read of readers) {
    if (!budget.take(0)) return promptless;
    const recipe = read(texts);
    const found = withPrompt(recipe);
    if (found) return found;
    promptless ??= withoutPrompt(recipe);
  }
  const hidden = format === 'png' ? readStealthText(bytes, budget) : null;
  const found = hidden === null ? null : withPrompt(parseStealthText(hidden));
  if (found ?? promptless) return found ?? promptless;
  const named = budget.take(0) ? readCredentials(texts) : null;
  return named && truncate(named);
}

function withPrompt(recipe: ReadRecipe | null): ReadRecipe | null {
  return recipe && recipe.prompt.trim() !== '' ? truncate(recipe) : null;
}

/**
 * Returns the recipe of a tool that had no prompt, for example to enlarge a picture. Used only if no text has a
 * prompt.
 */
function withoutPrompt(recipe: ReadRecipe | null): ReadRecipe | null {
  if (recipe?.prompt.trim() !== '') return null;
  const { seed, steps, model, negativePrompt } = recipe;
  const isTelling = [seed, steps, model, negativePrompt].some((value) => value !== undefined);
  return isTelling ? truncate({ ...recipe, prompt: '', isPromptless: true }) : null;
}

/** Like `findRecipe`, for callers that do not need the reason if there is no recipe. */
export function readRecipe(bytes: Uint8Array, format: PictureFormat | ForeignFormat): ReadRecipe | null {
  return findRecipe(bytes, format).recipe;
}

/**
 * Truncates long texts, so that the recipe can be shown and sent like one that the user typed, and marks it as
 * shortened.
 */
function truncate(recipe: ReadRecipe): ReadRecipe | null {
  const isLong = Object.values(recipe).some(
    (value) => typeof value === 'string' && value.length > maxRecipeTextLength,
  );
  const entries = Object.entries(recipe).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.slice(0, maxRecipeTextLength).toWellFormed() : value,
  ]);
  const truncated = { ...Object.fromEntries(entries), ...(isLong && { isShortened: true }) };
  return readRecipeSchema.safeParse(truncated).data ?? null;
}
