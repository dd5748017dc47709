// The dependencies of the edits room.
import type { Result } from '../../../shared/domain/errors';
import type { ChangedPicture, ChangeRequest } from '../../../shared/generator/tasks';
import type { Store } from '../db/open';
import type { Broadcast } from '../ipc/broadcast';

export type EditContext = {
  store: Store;
  broadcast: Broadcast;
  /** Absolute. */
  dataFolder: string;
  /** Drained before a request that names a picture, which may not be in the gallery yet. */
  outbox: { drainAll: () => void };
  generator: {
    /** Never rejects. */
    changeHere: (wanted: ChangeRequest) => Promise<Result<ChangedPicture>>;
  };
  /** UTC milliseconds. */
  now: () => number;
  /** Aborted when the app ends: the database must not be used from then on. */
  signal: AbortSignal;
};
