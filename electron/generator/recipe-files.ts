// Recipes on disk: what a picture's files say about themselves (shared/recipe.ts).
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { recipeFile } from '../../shared/picture-files';
import { type Recipe, recipeSchema } from '../../shared/recipe';
import { placeAtomically, syncFolder } from './write-atomically';

/** Writes a recipe whole or not at all. Its name survives a loss of power once the folder has been flushed. */
export async function placeRecipe(dataFolder: string, recipe: Recipe): Promise<void> {
  const text = JSON.stringify(recipe);
  await placeAtomically(path.join(dataFolder, recipeFile(recipe.id)), Buffer.from(text));
}

/** As `placeRecipe`, with the folder flushed. */
export async function writeRecipe(dataFolder: string, recipe: Recipe): Promise<void> {
  await placeRecipe(dataFolder, recipe);
  await syncFolder(path.dirname(path.join(dataFolder, recipeFile(recipe.id))));
}

/** @returns the recipe of this picture, or null where there is none or none that can be read. */
export async function readRecipe(dataFolder: string, id: string): Promise<Recipe | null> {
  try {
    const text = await readFile(path.join(dataFolder, recipeFile(id)), 'utf8');
    const recipe = recipeSchema.parse(JSON.parse(text));
    return recipe.id === id ? recipe : null;
  } catch {
    return null;
  }
}
