// Creates the gallery's background work: indexing for search, and fingerprints for similar pictures.
import { createIndexing } from '../gallery/index-search-words';
import { createFingerprintReading } from '../gallery/read-fingerprints';
import type { Generator } from '../generation/generator-process';
import type { Imports } from '../import/imports';
import type { StorageContext } from '../storage/storage-context';
import { timers } from './timers';

export type GalleryWorkParts = {
  storage: StorageContext;
  generator: Pick<Generator, 'isBusy' | 'readFingerprint'>;
  imports: Pick<Imports, 'isRunning'>;
};

/** Starts nothing yet: see start-after-paint.ts. */
export function startGalleryWork({ storage, generator, imports }: GalleryWorkParts) {
  const { store, broadcast, signal } = storage;
  return {
    fingerprintReading: createFingerprintReading({
      ...{ store, generator, broadcast, signal, after: timers.after },
      isBusy: () => generator.isBusy() || imports.isRunning(),
    }),
    indexing: createIndexing(
      { ...storage, onProgress: (left) => broadcast('gallery:unindexed', { left }) },
      timers.after,
    ),
  };
}
