// Starts data safety with its maintenance worker, its timers and its events.
import { environmentOfUtility } from '../config/environment';
import type { SafeOpenOptions } from '../db/open-safely';
import type { Broadcast } from '../ipc/broadcast';
import { createDataSafety, type DataSafety, type DataSafetyOptions } from './data-safety';
import { freeBytesOf } from './disk-space';
import workerModule from './maintenance-worker?modulePath';
import { createMaintenanceWorker } from './run-maintenance';

/** Long enough for the first paint and the first pictures. */
const firstRunMs = 20_000;
const rescueRunMs = 500;
const hourMs = 60 * 60 * 1000;

type DataSafetyParts = Pick<
  DataSafetyOptions,
  'store' | 'rescue' | 'needsCheck' | 'onSpaceFreed' | 'onState'
> &
  Pick<SafeOpenOptions, 'dataFolder' | 'file' | 'nativeBinding' | 'now'> & { broadcast: Broadcast };

/** Returns at once. Long work happens later, in another process. */
export function startDataSafety({ broadcast, ...parts }: DataSafetyParts): DataSafety {
  const safety = createDataSafety({
    ...parts,
    maintenance: createMaintenanceWorker(workerModule, environmentOfUtility(process.env)),
    freeBytes: () => freeBytesOf(parts.dataFolder),
    after: (milliseconds, work) => void setTimeout(work, milliseconds),
    onAdded: (images) => broadcast('gallery:added', images),
  });
  const runMaintenance = async () => {
    await safety.runMaintenance();
    setTimeout(runMaintenance, hourMs);
  };
  // A rescue is finished early, because the user sees an incomplete gallery until then.
  setTimeout(runMaintenance, parts.rescue?.stage === 'salvaging' ? rescueRunMs : firstRunMs);
  return safety;
}
