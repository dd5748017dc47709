// Writes the copies for dragging pictures out of the window, named as in an export, with their recipes.
import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeXmp } from '../../../shared/domain/xmp';
import { findOriginal } from '../../files/find-original';
import { writeWithoutFlush } from '../../files/write-atomically';
import { newId } from '../db/new-id';
import type { ReadStore } from '../db/open';
import { temporaryCopies } from './copy-format';
import { readWithPacket } from './copy-with-recipe';
import { createFileNamer } from './export-file-names';
import { findRecipe } from './find-recipe';

/** Other programs have certainly read the dropped files by this age (ms). */
const maxAgeMs = 3_600_000;
/** Maximum parallel copies, for which the drag waits. More would not be faster, and would take more memory. */
const maxAtOnce = 8;

/**
 * Each drag has a folder of its own, because another program may still read the files of the last.
 *
 * Returns the absolute paths of the copies, without those of pictures that are missing.
 *
 * @param dataFolder absolute.
 */
export async function writeDragCopies(
  store: ReadStore,
  dataFolder: string,
  imageIds: readonly string[],
): Promise<string[]> {
  await removeTemporaryCopies(dataFolder, Date.now() - maxAgeMs);
  const folder = path.join(dataFolder, temporaryCopies, newId());
  await mkdir(folder, { recursive: true });
  const nextName = createFileNamer();
  const { embedRecipes } = store.settings.read();
  // Choose all names first, because each depends on the earlier ones.
  const wanted = imageIds.flatMap((imageId) => {
    const row = store.pictureFacts.row(imageId);
    if (!row) return [];
    const extension = row.file.slice(row.file.lastIndexOf('.') + 1);
    return { imageId, row, target: path.join(folder, nextName(row.created_at, row.prompt, extension)) };
  });
  const copies: string[] = [];
  for (let at = 0; at < wanted.length; at += maxAtOnce) {
    const written = wanted.slice(at, at + maxAtOnce).map(async ({ imageId, row, target }) => {
      const source = await findOriginal(dataFolder, row);
      if (source === null) return [];
      const recipe = embedRecipes ? findRecipe(store, imageId) : null;
      return (await writeCopy(source, target, recipe && writeXmp(recipe))) ? [target] : [];
    });
    copies.push(...(await Promise.all(written)).flat());
  }
  return copies;
}

async function writeCopy(source: string, target: string, packet: string | null): Promise<boolean> {
  // Not a hard link: the other program may modify the file in place.
  if (packet === null) return copyFile(source, target, constants.COPYFILE_FICLONE).then(isDone, isNotDone);
  const bytes = await readWithPacket(source, packet);
  return bytes !== null && writeWithoutFlush(target, bytes).then(isDone, isNotDone);
}

const isDone = () => true;
const isNotDone = () => false;

/** Removes copies that were made for a drag or a conversion. @param before UTC milliseconds: only older ones; absent: all of them. */
export async function removeTemporaryCopies(
  dataFolder: string,
  before = Number.POSITIVE_INFINITY,
): Promise<void> {
  const folder = path.join(dataFolder, temporaryCopies);
  for (const name of await readdir(folder).catch(() => [])) {
    const drag = path.join(folder, name);
    const isOld = await stat(drag).then(({ mtimeMs }) => mtimeMs < before, isNotDone);
    if (isOld) await rm(drag, { recursive: true, force: true }).catch(() => {});
  }
}
