// Saves copies of pictures under the names that an export gives, with their recipes if the setting says so.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { ReadStore } from '../db/open';
import { copyWithRecipe } from './copy-with-recipe';
import { createFileNamer } from './export-file-names';
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

/** Returns the name that an export would give a picture's file, or undefined if the picture is not in the gallery. */
export function copyName(store: Pick<ReadStore, 'pictureFacts'>, imageId: string): string | undefined {
  const row = store.pictureFacts.row(imageId);
  return row && createFileNamer()(row.created_at, row.prompt, extensionOf(row.file));
}

/**
 * Saves copies of pictures in a folder, none over another file.
 *
 * @param dataFolder @param folder absolute.
 * @returns the number of copies, and of pictures that were skipped because their files are missing; a failure if the
 *   folder cannot be read or written. Copies that were saved before stay.
 */
export async function saveCopies(
  store: ReadStore,
  dataFolder: string,
  imageIds: readonly string[],
  folder: string,
): Promise<Result<{ path: string; saved: number; skipped: number }>> {
  const existing = await readdir(folder).catch(() => null);
  if (!existing) return failure('copy_not_saved');
  const nextName = createFileNamer(existing);
  let saved = 0;
  for (const imageId of imageIds) {
    const row = store.pictureFacts.row(imageId);
    if (!row) continue;
    const name = nextName(row.created_at, row.prompt, extensionOf(row.file));
    const copied = await saveCopy(store, imageId, path.join(dataFolder, row.file), path.join(folder, name));
    if (copied.ok) saved += 1;
    else if (copied.code !== 'file_missing') return copied;
  }
  return success({ path: folder, saved, skipped: imageIds.length - saved });
}

function extensionOf(file: string): string {
  return file.slice(file.lastIndexOf('.') + 1);
}
