// Checks the database and makes a backup if one is due. Runs in the maintenance worker, because it takes long.
import { backupFolder, makeBackup, throwIfDamaged } from '../db/backups';
import { isDamage } from '../db/check';
import type { MaintenanceTask } from './maintenance-messages';

export type CheckTask = Omit<Extract<MaintenanceTask, { type: 'check' }>, 'type'>;

/**
 * Blocks for as long as the check takes, so call it in a background process.
 *
 * @returns what is wrong with the database, or null.
 * @throws if the check or the backup failed for another reason.
 */
export function checkDatabase(
  { dataFolder, file, nativeBinding, backup, now }: CheckTask,
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
