// Adds pictures and messages to the search indexes in the background, for example after an import or a migration.
import type { Store } from '../db/open';

/** Delay before retrying after a failure, such as a full disk (ms). */
const retryMs = 60_000;

/** Maximum time that a search waits for indexing recent messages (ms). The next search continues. */
const maxIndexMs = 10;

export type IndexSearchWordsOptions = {
  store: Pick<Store, 'batch' | 'messageSearch' | 'searchIndex'>;
  /** Aborted when the app quits. */
  signal: AbortSignal;
  /** Lets other work run between two steps. */
  pause: () => Promise<void>;
  /** Called after about each percent of the work with the number of pictures left, and at the end with 0. */
  onProgress?: (left: number) => void;
};

/**
 * Indexes all pictures and messages, updates the names of models, and merges the indexes. After a crash, the next
 * start continues.
 *
 * @returns false if something failed; unindexed rows stay queued.
 */
export async function indexSearchWords(options: IndexSearchWordsOptions): Promise<boolean> {
  const { store, signal, pause, onProgress = () => {} } = options;
  const { searchIndex, messageSearch } = store;
  const all = searchIndex.unindexed();
  let reported = all;
  try {
    store.batch(() => searchIndex.renameSources());
    for (let left = all; !signal.aborted && left > 0; ) {
      const indexed = store.batch(() => searchIndex.indexQueued());
      left = indexed === 0 ? 0 : left - indexed;
      // More may have been queued meanwhile.
      if (left <= 0) left = searchIndex.unindexed();
      if (left === 0 || reported - left >= all / 100) {
        reported = left;
        onProgress(left);
      }
      await pause();
      await mergeStep(searchIndex);
    }
    while (!signal.aborted && store.batch(() => messageSearch.indexQueued()) > 0) {
      await pause();
      await mergeStep(messageSearch);
    }
    while (!signal.aborted && ((await mergeStep(searchIndex)) || (await mergeStep(messageSearch))));
    return true;
  } catch (error) {
    // The disk may be full. Until the remaining pictures are indexed, search does not find them.
    console.error('Some pictures could not be added to the search index:', error);
    return false;
  }

  async function mergeStep({ merge }: { merge: () => boolean }): Promise<boolean> {
    if (signal.aborted || !store.batch(merge)) return false;
    await pause();
    return true;
  }
}

export type Indexing = ReturnType<typeof createIndexing>;

/**
 * Indexes in the background whenever it is woken, one run at a time. Retries after failures.
 *
 * @param after runs work after a number of milliseconds.
 */
export function createIndexing(
  options: IndexSearchWordsOptions,
  after: (milliseconds: number, work: () => void) => void,
) {
  let isRunning = false;
  let isWoken = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (isWoken && !options.signal.aborted) {
      isWoken = false;
      if (!(await indexSearchWords(options))) after(retryMs, wake);
    }
    isRunning = false;
  }

  function wake(): void {
    isWoken = true;
    if (!isRunning) void run();
  }

  return {
    /** Never throws. */
    wake,
  };
}

/** Indexes recent messages, for at most a few milliseconds. Never throws. */
export function indexMessages(store: Pick<Store, 'batch' | 'messageSearch'>): void {
  try {
    const start = performance.now();
    while (performance.now() - start < maxIndexMs) {
      if (store.batch(() => store.messageSearch.indexQueued()) === 0) return;
    }
  } catch (error) {
    console.error('Some messages could not be added to the search index:', error);
  }
}
