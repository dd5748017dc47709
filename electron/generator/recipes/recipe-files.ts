// Reads and writes the recipe files beside pictures (shared/domain/recipe.ts).
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { recipeFile } from '../../../shared/domain/picture-files';
import { type Recipe, recipeSchema } from '../../../shared/domain/recipe';
import { writeAtomically, writeWithoutFlush } from '../../files/write-atomically';

/** Writes a recipe atomically, but does not flush it. */
export async function writeRecipeWithoutFlush(dataFolder: string, recipe: Recipe): Promise<void> {
  await writeWithoutFlush(path.join(dataFolder, recipeFile(recipe.id)), encode(recipe));
}

/** Writes a recipe atomically and flushes it. */
export async function writeRecipe(dataFolder: string, recipe: Recipe): Promise<void> {
  await writeAtomically(path.join(dataFolder, recipeFile(recipe.id)), encode(recipe));
}

function encode(recipe: Recipe): Uint8Array {
  return Buffer.from(JSON.stringify(recipe));
}

/** Returns null if the picture has no recipe, or none that can be read. */
export async function readRecipe(dataFolder: string, id: string): Promise<Recipe | null> {
  try {
    const text = await readFile(path.join(dataFolder, recipeFile(id)), 'utf8');
    const recipe = recipeSchema.parse(JSON.parse(text));
    return recipe.id === id ? recipe : null;
  } catch {
    return null;
  }
}
