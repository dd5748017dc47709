// Creates the reader, which runs long reads on a thread. See docs/decisions/032.
import { identityOf } from '../db/files';
import type { Store } from '../db/open';
import type { SafeOpenOptions } from '../db/open-safely';
import { startReader } from '../reader/reader';
import script from './reader-thread?modulePath';
import { reads } from './reads';
import { timers } from './timers';

/** Call when the database is open. The thread starts with the first read after the first paint. */
export function startReading({ dataFolder, file, nativeBinding }: SafeOpenOptions, store: Store) {
  return startReader({
    reads,
    script,
    file,
    nativeBinding,
    identity: identityOf(file),
    context: { store, dataFolder },
    changeCount: store.changeCount,
    after: timers.after,
  });
}
