// Replaces a picture's original by its smaller display file, if the user does not keep originals.
import type { DerivedPicture } from '../../../shared/generator/messages';
import type { Store } from '../db/open';

/**
 * Switches a picture's rows to its display file. The original may be removed only after that, so both files exist
 * after a crash in between. If the rows cannot be written now, the generator tries again later: the largest thumbnail
 * is missing until the original is removed, and its absence triggers making the small versions again.
 *
 * @param outbox drained first, because an entry in it would still name the original.
 * @returns whether the rows name the display file now.
 */
export function replaceOriginal(
  store: Store,
  outbox: { drainAll: () => void },
  { jobId, file, bytes }: DerivedPicture,
): boolean {
  if (store.settings.read().keepOriginals) return false;
  try {
    outbox.drainAll();
    return store.transaction(() => {
      if (!store.userImages.replaceFile(jobId, file, bytes)) return false;
      store.messages.replaceFile(jobId, file, bytes);
      return true;
    });
  } catch (error) {
    console.error('A picture keeps its original until its small versions are made again:', error);
    return false;
  }
}
