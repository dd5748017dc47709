// Reads the recipes that are stored beside the pictures, in batches.
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { readPictureName, recipeFile } from '../../../shared/domain/picture-files';
import { type Recipe, recipeSchema } from '../../../shared/domain/recipe';

/** A batch is one transaction in the main process and takes about 10 ms. */
const maxBatchSize = 500;

export type Batch = {
  recipes: Recipe[];
  /** How many recipes cannot be read or have no complete picture. */
  unreadable: number;
};

/** Yields the recipe of every complete picture. Ignores other files. */
export async function* scanRecipes(dataFolder: string): AsyncGenerator<Batch> {
  const images = path.join(dataFolder, 'images');
  let batch: Batch = { recipes: [], unreadable: 0 };
  for (const folder of (await namesIn(images)).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    for (const name of await namesIn(path.join(images, folder))) {
      if (!name.endsWith('.json')) continue;
      const recipe = await readRecipe(dataFolder, `images/${folder}/${name}`);
      if (recipe) batch.recipes.push(recipe);
      else batch.unreadable++;
      if (batch.recipes.length < maxBatchSize) continue;
      yield batch;
      batch = { recipes: [], unreadable: 0 };
    }
  }
  yield batch;
}

/** Returns null if the recipe is damaged, describes another picture, or its picture is not complete. */
async function readRecipe(dataFolder: string, file: string): Promise<Recipe | null> {
  try {
    const recipe = recipeSchema.parse(JSON.parse(await readFile(path.join(dataFolder, file), 'utf8')));
    // A recipe may have been tampered with, so it must not refer to any other path.
    if (recipeFile(recipe.id) !== file || !isPictureOf(recipe)) return null;
    // The user's file may be on a disconnected drive.
    if (recipe.link) return recipe;
    const { size } = await stat(path.join(dataFolder, recipe.file));
    return size === recipe.bytes ? recipe : null;
  } catch {
    return null;
  }
}

function isPictureOf({ id, file }: Recipe): boolean {
  const named = readPictureName(path.posix.basename(file));
  const isItsOwn = named?.id === id && path.posix.dirname(file) === path.posix.dirname(recipeFile(id));
  // If originals are not kept, the display file is the picture.
  return isItsOwn && (named.kind === 'picture' || named.kind === 'display');
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch {
    return [];
  }
}
