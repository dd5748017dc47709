// Indexes in the background the words of pictures that were there before there was an index, or came in another way.
import type { Store } from '../db/open';

/** A few milliseconds of work, so that the main process is never away for long. */
const picturesPerStep = 100;

export type IndexSearchWordsOptions = {
  store: Pick<Store, 'batch' | 'searchIndex'>;
  /** Aborted when the app ends. */
  signal: AbortSignal;
  /** Lets other work have its turn. */
  pause: () => Promise<void>;
};

/** Ends when nothing waits any more. Killed, it goes on where it was at the next start. */
export async function indexSearchWords({ store, signal, pause }: IndexSearchWordsOptions): Promise<void> {
  try {
    while (!signal.aborted && store.batch(() => store.searchIndex.indexQueued(picturesPerStep)) > 0)
      await pause();
  } catch (error) {
    // On a full disk, say. Pictures that wait are not found by words until the next start.
    console.error('The words of some pictures could not be indexed:', error);
  }
}
