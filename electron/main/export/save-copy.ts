// Saves a copy of one picture, with its recipe if the setting says so.
import type { Result } from '../../../shared/domain/errors';
import type { ReadStore } from '../db/open';
import { copyWithRecipe } from './copy-with-recipe';
import { findRecipe } from './find-recipe';

/**
 * @param source absolute path of the picture's file.
 * @param target absolute path of the copy.
 */
export function saveCopy(
  store: ReadStore,
  imageId: string,
  source: string,
  target: string,
): Promise<Result<{ path: string }>> {
  const { embedRecipes } = store.settings.read();
  return copyWithRecipe(source, target, embedRecipes ? findRecipe(store, imageId) : null);
}
