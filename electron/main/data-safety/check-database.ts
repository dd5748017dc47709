// One look at the database: is it well, and where a backup is due, a backup.
import { backupFolder, makeBackup, throwIfDamaged } from '../db/backups';
import { isDamage } from '../db/check';
import type { KeeperTask } from './maintenance-messages';

export type Look = Omit<Extract<KeeperTask, { type: 'look' }>, 'type'>;

/**
 * Takes as long as it takes: call it in a process where nobody waits.
 *
 * @returns what is wrong with the database, or null.
 * @throws where it could not be looked at or backed up for other reasons.
 */
export function look(
  { dataFolder, file, nativeBinding, backup, now }: Look,
  freeBytes: () => number,
): string | null {
  try {
    if (backup) makeBackup({ file, folder: backupFolder(dataFolder), nativeBinding, now, freeBytes });
    else throwIfDamaged(file, nativeBinding);
    return null;
  } catch (error) {
    if (isDamage(error)) return String(error);
    throw error;
  }
}
