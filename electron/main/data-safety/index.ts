// Puts the data's safety together with Electron: the keeper's process, the window's events, the clock.

import { withoutKeys } from '../config/environment';
import type { SafeOpenOptions } from '../db/open-safely';
import type { Broadcast } from '../ipc/broadcast';
import { createDataSafety, type DataSafety, type DataSafetyOptions } from './data-safety';
import { freeBytesOf } from './disk-room';
import keeperModule from './maintenance-worker?modulePath';
import { createKeeper } from './run-maintenance';

/** After the first paint and the first pictures, before a user has forgotten that they started it. */
const firstTime = 4000;
const hour = 60 * 60 * 1000;

type Given = Pick<DataSafetyOptions, 'store' | 'rescue' | 'needsCheck' | 'onRoom'> &
  Pick<SafeOpenOptions, 'dataFolder' | 'file' | 'nativeBinding' | 'now'> & { broadcast: Broadcast };

/** Returns at once; everything long happens later, and in another process. */
export function startDataSafety({ broadcast, ...given }: Given): DataSafety {
  const safety = createDataSafety({
    ...given,
    keeper: createKeeper(keeperModule, withoutKeys(process.env)),
    freeBytes: () => freeBytesOf(given.dataFolder),
    after: (milliseconds, work) => void setTimeout(work, milliseconds),
    onState: (state) => broadcast('app:notice', state),
    onAdded: (images) => broadcast('gallery:added', images),
  });
  const tend = async () => {
    await safety.tend();
    setTimeout(tend, hour);
  };
  // A rescue is finished at once: the user is looking at a gallery that is not whole yet.
  setTimeout(tend, given.rescue?.stage === 'salvaging' ? 500 : firstTime);
  return safety;
}
