// Creates the storage context and the housekeeping that keeps files and rows consistent.
import { setImmediate as pause } from 'node:timers/promises';
import type { DataSafety } from '../data-safety/data-safety';
import { createHousekeeping } from '../storage/housekeeping';
import type { StorageContext } from '../storage/storage-context';
import { timers } from './timers';

export function startHousekeeping(
  options: Omit<StorageContext, 'pause'>,
  safety: Pick<DataSafety, 'isComplete'>,
) {
  const storage: StorageContext = { ...options, pause };
  return { storage, housekeeping: createHousekeeping(storage, timers.after, safety.isComplete) };
}
