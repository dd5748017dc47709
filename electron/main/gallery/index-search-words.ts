// Adds pictures to the search index in the background, such as those of an older database or of an import.
import type { Store } from '../db/open';

/** A step takes a few milliseconds, so that the main process stays responsive. */
const picturesPerStep = 100;

export type IndexSearchWordsOptions = {
  store: Pick<Store, 'batch' | 'searchIndex'>;
  /** Aborted when the app quits. */
  signal: AbortSignal;
  /** Lets other work run between two steps. */
  pause: () => Promise<void>;
};

/** Resolves when every picture is indexed. After a crash, the next start continues. */
export async function indexSearchWords({ store, signal, pause }: IndexSearchWordsOptions): Promise<void> {
  try {
    while (!signal.aborted && store.batch(() => store.searchIndex.indexQueued(picturesPerStep)) > 0)
      await pause();
  } catch (error) {
    // The disk may be full. The next start indexes the remaining pictures; until then, search does not find them.
    console.error('Some pictures could not be added to the search index:', error);
  }
}
