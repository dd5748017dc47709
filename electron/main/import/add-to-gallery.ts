// Adds imported pictures to the gallery, several in one transaction.
import type { StoredImport } from '../../../shared/generator/importer-messages';
import type { ImportContext } from './import-context';
import { progressIntervalMs } from './import-report';

export type ImportedPicture = { id: string; kept: StoredImport };

/** Pictures per transaction, because each one is flushed to the disk. */
const maxBatchSize = 16;

/** Writes the gallery rows of pictures whose files are on disk, then tells the renderer. */
export function addToGallery(
  { store, broadcast, inFlight }: Pick<ImportContext, 'store' | 'broadcast' | 'inFlight'>,
  pictures: readonly ImportedPicture[],
): void {
  if (pictures.length === 0) return;
  store.transaction(() => {
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

/** Collects pictures and adds them when the batch is full or its first picture has waited long enough. */
export function createGalleryBatch(
  context: ImportContext,
  { elapsed = () => performance.now(), onAdded = () => {} }: GalleryBatchOptions = {},
) {
  const pictures: ImportedPicture[] = [];
  let flushedAt = elapsed();

  function flush(): void {
    flushedAt = elapsed();
    if (context.signal.aborted) return;
    const added = pictures.splice(0);
    addToGallery(context, added);
    onAdded(added.map(({ id }) => id));
  }

  return {
    add(picture: ImportedPicture): void {
      pictures.push(picture);
      if (pictures.length >= maxBatchSize || elapsed() - flushedAt >= progressIntervalMs) flush();
    },
    flush,
  };
}
