// Removes masks that are no longer referenced.
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { masksFolder } from '../../../shared/domain/edits';
import { filesIn, stemOf } from './picture-folder';
import type { StorageContext } from './storage-context';

/** A newer mask's message or draft may not be written yet. */
const minAgeMs = 24 * 60 * 60 * 1000;

/**
 * Removes masks that no draft, message or picture refers to, and files left by interrupted writes. A picture in Trash
 * keeps its mask. Every step is repeatable after a crash.
 *
 * @returns how many files were removed.
 */
export async function tidyMasks({ store, dataFolder, clock, signal, pause }: TidyContext): Promise<number> {
  const folder = path.join(dataFolder, masksFolder);
  let removed = 0;
  for (const name of await filesIn(folder)) {
    if (signal.aborted) break;
    const isWhole = name.endsWith('.png');
    if (isWhole && store.editDrafts.isMaskUsed(stemOf(name))) continue;
    const file = path.join(folder, name);
    const age = await stat(file).then(
      ({ mtimeMs }) => clock.retentionTime() - mtimeMs,
      () => 0,
    );
    if (signal.aborted || age <= minAgeMs) continue;
    // A draft may refer to it by now.
    if (isWhole && store.editDrafts.isMaskUsed(stemOf(name))) continue;
    await rm(file, { force: true });
    removed += 1;
    await pause();
  }
  return removed;
}

type TidyContext = Pick<StorageContext, 'store' | 'dataFolder' | 'clock' | 'signal' | 'pause'>;
