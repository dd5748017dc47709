// Permanently deletes pictures and conversations that were in Trash long enough, in an order that survives a crash at
// any point.
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { TrashSize } from '../../../shared/contract/trash';
import { flushFolder } from '../../files/write-atomically';
import type { PictureFile } from '../db/trash';
import { filesIn, isGone, placesOf, stemOf } from './picture-folder';
import { broadcastMessages, maxRowsPerStep, type StorageContext } from './storage-context';

/**
 * Deletes everything that was moved to Trash at `until` (UTC milliseconds) or before, and what an earlier run left
 * unfinished. The order:
 *
 * 1. One transaction for each batch marks the rows (`purged_at`) and clears the file of the message. From here on
 *    nothing shows the picture, and it cannot be restored. After a crash here the next run finds the marks.
 * 2. The files whose names begin with the picture's id are removed, unless another picture shows them; then the
 *    folder is flushed. After a crash here the marked rows still say which files are left.
 * 3. One transaction for each batch removes the marked rows.
 *
 * So every visible row has its file, and every file has a row until it is removed. A file that cannot be removed
 * keeps its row for the next run.
 *
 * A conversation is also marked first. Then its messages are removed in batches, then its row. Its pictures stay in
 * the gallery.
 *
 * @returns what was deleted.
 */
export async function purge(context: StorageContext, until: number): Promise<TrashSize> {
  await markPictures(context, until);
  const { pictures, bytes } = await removeMarkedPictures(context);
  const conversations = await purgeConversations(context, until);
  return { pictures, conversations, bytes };
}

/** Step 1. */
export async function markPictures(context: StorageContext, until: number): Promise<void> {
  const { store } = context;
  while (!context.signal.aborted) {
    const ids = store.transaction(() => store.purge.markPictures(until, context.now(), maxRowsPerStep));
    broadcastMessages(context, ids);
    if (ids.length < maxRowsPerStep) return;
    await context.pause();
  }
}

/** Deletes one picture of Trash, in the order of `purge`. @returns whether it was in Trash. */
export async function purgePicture(context: StorageContext, imageId: string): Promise<boolean> {
  const { store } = context;
  if (!store.transaction(() => store.purge.markPicture(imageId, context.now()))) return false;
  broadcastMessages(context, [imageId]);
  await removeMarkedPictures(context);
  return true;
}

/** Steps 2 and 3. */
export async function removeMarkedPictures(
  context: StorageContext,
): Promise<{ pictures: number; bytes: number }> {
  const { store, signal } = context;
  const total = { pictures: 0, bytes: 0 };
  let last = '';
  while (!signal.aborted) {
    const batch = store.purge.pictures(last, maxRowsPerStep);
    last = batch.at(-1)?.id ?? last;
    const { removed, bytes } = await removeFiles(context, batch);
    if (signal.aborted) break;
    store.transaction(() => {
      for (const { id } of removed) store.purge.removePicture(id);
    });
    total.pictures += removed.length;
    total.bytes += bytes;
    if (batch.length < maxRowsPerStep) break;
    await context.pause();
  }
  return total;
}

/** Returns the pictures of which no file is left, and how many bytes were freed. */
async function removeFiles(context: StorageContext, pictures: readonly PictureFile[]) {
  const removed: PictureFile[] = [];
  const touched = new Set<string>();
  let bytes = 0;
  for (const picture of pictures) {
    if (context.signal.aborted) break;
    try {
      for (const file of await filesOf(context, picture)) {
        bytes += await sizeOf(file);
        await rm(file, { force: true });
        touched.add(path.dirname(file));
      }
      removed.push(picture);
    } catch (error) {
      console.error('A deleted picture could not be removed. The next run tries again:', error);
    }
  }
  // The folders are flushed before the rows are removed: otherwise a power loss could bring the files back.
  for (const folder of touched) await flushFolder(folder);
  return { removed, bytes };
}

async function filesOf({ store, dataFolder }: StorageContext, picture: PictureFile): Promise<string[]> {
  const shared = store.purge.isFileShared(picture) ? stemOf(picture.file) : null;
  const files: string[] = [];
  for (const { folder, stem } of placesOf(picture)) {
    if (stem === shared) continue;
    const absolute = path.join(dataFolder, folder);
    const names = await filesIn(absolute);
    files.push(...names.filter((name) => stemOf(name) === stem).map((name) => path.join(absolute, name)));
  }
  return files;
}

/** Returns the size in bytes; 0 if there is no such file. */
async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (isGone(error)) return 0;
    throw error;
  }
}

async function purgeConversations(context: StorageContext, until: number): Promise<number> {
  const { store, signal } = context;
  const mark = () => store.purge.markConversations(until, context.now(), maxRowsPerStep);
  while (!signal.aborted && mark() === maxRowsPerStep) await context.pause();

  let purged = 0;
  while (!signal.aborted) {
    const id = store.purge.conversation();
    if (id === undefined) break;
    const hasMore = store.transaction(() => {
      const removed = store.purge.removeMessages(id, maxRowsPerStep);
      if (removed < maxRowsPerStep) store.purge.removeConversation(id);
      return removed === maxRowsPerStep;
    });
    if (!hasMore) purged += 1;
    await context.pause();
  }
  return purged;
}
