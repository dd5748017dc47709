// What the import needs of the rest of the app.
import type { Store } from '../db/open';
import type { Broadcast } from '../ipc/broadcast';

export type ImportContext = {
  store: Store;
  broadcast: Broadcast;
  /** Absolute. */
  dataFolder: string;
  /** UTC milliseconds. */
  now: () => number;
  /** Aborted when the app ends: from then on the database is closed. */
  signal: AbortSignal;
};
