// Removes for good what has been in Trash long enough, in an order that survives a crash at any point.
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { TrashSize } from '../../../shared/contract/trash';
import { syncFolder } from '../../files/write-atomically';
import type { PictureFile } from '../db/trash';
import { filesIn, isGone, placesOf, stemOf } from './picture-folder';
import { rowsPerStep, type StorageContext, tellMessages } from './storage-context';

/**
 * Removes everything that was deleted at `until` (UTC milliseconds) or before, and whatever an earlier run did
 * not finish. The order:
 *
 * 1. One transaction a batch marks the rows (`purged_at`) and takes the file from the message. From here on
 *    nothing shows the picture, and nothing can bring it back. Killed here: the marks are found by the next run.
 * 2. The files go, each one that is named by the picture's id, unless another picture shows them; then the
 *    folder is flushed. Killed among them: the marked rows still say which are left.
 * 3. One transaction a batch removes the marked rows.
 *
 * So no row that can be shown is ever without its file, and no file is ever without a row that leads to its end.
 * A file that cannot be removed keeps its row, for the next run.
 *
 * A conversation is marked first too, then loses its messages in batches, then its row. Its pictures stay in the
 * gallery.
 *
 * @returns what is gone now.
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
    const ids = store.transaction(() => store.purge.markPictures(until, context.now(), rowsPerStep));
    tellMessages(context, ids);
    if (ids.length < rowsPerStep) return;
    await context.pause();
  }
}

/** Steps 2 and 3. */
export async function removeMarkedPictures(
  context: StorageContext,
): Promise<{ pictures: number; bytes: number }> {
  const { store, signal } = context;
  const gone = { pictures: 0, bytes: 0 };
  let last = '';
  while (!signal.aborted) {
    const batch = store.purge.pictures(last, rowsPerStep);
    last = batch.at(-1)?.id ?? last;
    const { removed, bytes } = await removeFiles(context, batch);
    if (signal.aborted) break;
    store.transaction(() => {
      for (const { id } of removed) store.purge.removePicture(id);
    });
    gone.pictures += removed.length;
    gone.bytes += bytes;
    if (batch.length < rowsPerStep) break;
    await context.pause();
  }
  return gone;
}

/** @returns the pictures of which no file is left, and how many bytes went. */
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
      console.error('A deleted picture could not be removed; it is tried again later:', error);
    }
  }
  // The names are gone from the disk before the rows are: otherwise a loss of power could bring them back.
  for (const folder of touched) await syncFolder(folder);
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

/** @returns bytes; 0 for a file that is gone. */
export async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (isGone(error)) return 0;
    throw error;
  }
}

async function purgeConversations(context: StorageContext, until: number): Promise<number> {
  const { store, signal } = context;
  const mark = () => store.purge.markConversations(until, context.now(), rowsPerStep);
  while (!signal.aborted && mark() === rowsPerStep) await context.pause();

  let gone = 0;
  while (!signal.aborted) {
    const id = store.purge.conversation();
    if (id === undefined) break;
    const left = store.transaction(() => {
      const removed = store.purge.removeMessages(id, rowsPerStep);
      if (removed < rowsPerStep) store.purge.removeConversation(id);
      return removed === rowsPerStep;
    });
    if (!left) gone += 1;
    await context.pause();
  }
  return gone;
}
