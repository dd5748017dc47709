// Adds imported pictures to the gallery, several in one transaction.
import type { StoredImport } from '../../../shared/generator/importer-messages';
import type { ImportContext } from './import-context';
import { whenFree } from './when-free';

export type ImportedPicture = { id: string; kept: StoredImport };

/** Pictures per transaction. */
const maxBatchSize = 16;
/** A transaction takes 1.3 ms beside 0.8 ms for each of its pictures, so it waits for several that come quickly (ms). */
const maxWaitMs = 500;

/**
 * Writes the gallery rows of pictures whose files are on disk, then tells the renderer.
 *
 * @param write runs the transaction.
 */
export function addToGallery(
  { store, broadcast, inFlight }: Pick<ImportContext, 'store' | 'broadcast' | 'inFlight'>,
  pictures: readonly ImportedPicture[],
  write: (work: () => void) => void = store.transaction,
): void {
  if (pictures.length === 0) return;
  write(() => {
    for (const { id, kept } of pictures) store.imports.complete(id, kept);
  });
  for (const { id } of pictures) inFlight.remove(id);
  broadcast(
    'gallery:added',
    pictures.flatMap(({ id }) => store.userImages.find(id) ?? []),
  );
}

export type GalleryBatchOptions = {
  /** Milliseconds of a clock that nobody can set. */
  elapsed?: () => number;
  /** Called with pictures that the gallery has now. */
  onAdded?: (imageIds: string[]) => void;
};

/**
 * Collects pictures and adds them when the batch is full or its first picture has waited long enough. Those that cannot be
 * added stay in it until they are. They are flushed afterwards, because the process would wait for it with each batch: a power loss before that leaves the intents of these
 * pictures and their files, or the files of the user alone.
 */
export function createGalleryBatch(
  context: ImportContext,
  { elapsed = () => performance.now(), onAdded = () => {} }: GalleryBatchOptions = {},
) {
  const pictures: ImportedPicture[] = [];
  let flushedAt = elapsed();

  function flush(): void {
    flushedAt = elapsed();
    if (context.signal.aborted) return;
    const added = [...pictures];
    addToGallery(context, added, context.store.batch);
    pictures.splice(0, added.length);
    void context.store.flushLog();
    onAdded(added.map(({ id }) => id));
  }

  return {
    /** Takes a picture. One that cannot be added now is added by a later flush. */
    add(picture: ImportedPicture): void {
      pictures.push(picture);
      if (pictures.length < maxBatchSize && elapsed() - flushedAt < maxWaitMs) return;
      try {
        flush();
      } catch (error) {
        console.error('Imported pictures wait for the database:', error);
      }
    },
    /** Adds what waits. @throws what the database throws; what waits stays. */
    flush,
    /** The same as soon as the database is free. Call it at the end. */
    finish: (): Promise<void> => whenFree(context.signal, flush),
  };
}
