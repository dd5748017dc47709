// Starts what looks after the files on disk while the app runs.
import { setImmediate as pause } from 'node:timers/promises';
import type { DataSafety } from '../data-safety/data-safety';
import { createHousekeeping } from '../storage/housekeeping';
import type { StorageContext } from '../storage/storage-context';
import { createTrustedClock } from '../storage/trusted-clock';
import { after } from './timers';

export function startHousekeeping(
  options: Omit<StorageContext, 'pause' | 'clock'>,
  safety: Pick<DataSafety, 'isComplete'>,
) {
  const { dataFolder, now, store } = options;
  const clock = createTrustedClock({ dataFolder, now, newestTime: store.purge.newestTime });
  const storage: StorageContext = { ...options, clock, pause };
  return { storage, housekeeping: createHousekeeping(storage, after, safety.isComplete) };
}
