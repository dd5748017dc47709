// Checks the database and, if one is due, makes a backup. It takes long, so the maintenance worker runs it.
import { backupFolder, makeBackup, throwIfDamaged } from '../db/backups';
import { isDamage } from '../db/check';
import type { MaintenanceTask } from './maintenance-messages';

export type CheckTask = Omit<Extract<MaintenanceTask, { type: 'check' }>, 'type'>;

/**
 * Blocks for as long as the check takes. Call it in a process where nothing waits.
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
