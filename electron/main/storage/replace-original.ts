// Replaces a picture's original by its smaller display file, if the user does not keep originals.
import type { DerivedPicture } from '../../../shared/generator/messages';
import type { Store } from '../db/open';

/**
 * Switches the rows of a picture to its display file. The original may be removed only after that: after a crash in
 * between both files exist.
 *
 * @returns whether the rows name the display file now.
 */
export function replaceOriginal(store: Store, { jobId, file, bytes }: DerivedPicture): boolean {
  if (store.settings.read().keepOriginals) return false;
  try {
    return store.transaction(() => {
      // Until the gallery has its row, the outbox still names the original.
      if (!store.userImages.replaceFile(jobId, file, bytes)) return false;
      store.messages.replaceFile(jobId, file, bytes);
      return true;
    });
  } catch (error) {
    console.error('A picture keeps its original because its rows could not be written:', error);
    return false;
  }
}
