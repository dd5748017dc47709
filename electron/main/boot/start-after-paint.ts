// Starts background work once the first page is on screen, so that it does not delay the first paint.
import type { FingerprintReading } from '../gallery/read-fingerprints';
import type { Imports } from '../import/imports';
import type { Housekeeping } from '../storage/housekeeping';
import { timers } from './timers';

/** Delay from the first paint until fingerprints of older pictures are read (ms). */
const firstReadingMs = 5_000;

export type LateParts = {
  reader: { allowThread: () => void };
  desktop: { startAfterFirstPaint: () => void };
  updates: { start: () => void };
  engine: { start: () => void };
  housekeeping: Pick<Housekeeping, 'start'>;
  indexing: { wake: () => void };
  imports: Pick<Imports, 'finishInterrupted' | 'watchedFolders'>;
  fingerprintReading: Pick<FingerprintReading, 'wake'>;
};

export function startAfterPaint(late: LateParts): void {
  const { imports } = late;
  late.reader.allowThread();
  late.desktop.startAfterFirstPaint();
  late.updates.start();
  late.engine.start();
  late.housekeeping.start();
  late.indexing.wake();
  imports.finishInterrupted().catch(console.error).finally(imports.watchedFolders.start);
  timers.after(firstReadingMs, late.fingerprintReading.wake);
}
