// Starts what nobody waits for, once the first page is on screen. Before, it would keep that page from its processor.
import type { FingerprintReading } from '../gallery/read-fingerprints';
import type { Imports } from '../import/imports';
import type { Housekeeping } from '../storage/housekeeping';
import { timers } from './timers';

/** Time from the first paint until older pictures are compared with each other (ms). */
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
