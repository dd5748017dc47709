// Lets a picture's smaller display file take the original's place, where the user does not keep originals.
import type { DerivedPicture } from '../../../shared/generator/messages';
import type { Store } from '../db/open';

/**
 * Switches the rows of a picture to its display file. Only then may the original go: killed in between, both files
 * are there, and every row has one.
 *
 * @returns whether the rows show the display file now.
 */
export function replaceOriginal(store: Store, { jobId, file, bytes }: DerivedPicture): boolean {
  if (store.settings.read().keepOriginals) return false;
  try {
    return store.transaction(() => {
      // Before the gallery has its row, the outbox still speaks of the original.
      if (!store.userImages.replaceFile(jobId, file, bytes)) return false;
      store.messages.replaceFile(jobId, file, bytes);
      return true;
    });
  } catch (error) {
    console.error('A picture keeps its original, since its rows could not be written:', error);
    return false;
  }
}
