// Checks the files of linked pictures, which stay in the user's folders. Never writes there.
import { isUnchanged } from '../../files/is-unchanged';
import type { LinkedRow } from '../db/picture-rows';
import { broadcastMessages, maxRowsPerStep, type StorageContext } from './storage-context';

type LinkContext = Pick<StorageContext, 'store' | 'broadcast' | 'now' | 'signal'>;

/**
 * Marks pictures whose file was removed or changed, and clears the mark once the file is back. A disconnected drive
 * does no harm.
 *
 * @param folder absolute; null for every folder.
 */
export async function checkLinks(context: LinkContext, folder: string | null): Promise<void> {
  const { store, signal } = context;
  for (let after: LinkedRow | null = null; !signal.aborted; ) {
    const rows: LinkedRow[] = store.pictureRows.linked(folder, after, maxRowsPerStep);
    const isThere = await Promise.all(rows.map(isUnchanged));
    if (signal.aborted) return;
    const changed = rows.filter(({ isMissing }, index) => isMissing === isThere[index]);
    const lost = changed.filter(({ isMissing }) => !isMissing);
    const found = changed.filter(({ isMissing }) => isMissing);
    mark(context, ids(lost), context.now());
    mark(context, ids(found), null);
    after = rows.at(-1) ?? null;
    if (rows.length < maxRowsPerStep) return;
  }
}

/** Marks pictures whose file was removed or changed. Never throws, because the next check finds them again. */
export function setMissingPictures(context: LinkContext, imageIds: readonly string[]): void {
  if (context.signal.aborted) return;
  const isNew = (id: string) => context.store.userImages.find(id)?.state === undefined;
  try {
    mark(context, imageIds.filter(isNew), context.now());
  } catch (error) {
    console.error('A picture whose file is missing could not be marked:', error);
  }
}

function ids(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}

function mark(context: LinkContext, imageIds: readonly string[], at: number | null): void {
  const { store, broadcast } = context;
  if (imageIds.length === 0) return;
  store.transaction(() => {
    for (const id of imageIds) store.pictureRows.setMissing(id, at);
  });
  const images = imageIds.flatMap((id) => store.userImages.find(id) ?? []);
  broadcast(
    'gallery:changed',
    images.filter(({ state }) => state !== 'trash'),
  );
  broadcastMessages(context, imageIds);
}
