// The parts of the app that importing needs.
import type { Store } from '../db/open';
import type { Broadcast } from '../ipc/broadcast';
import type { InFlight } from './in-flight';

export type ImportOptions = {
  store: Store;
  broadcast: Broadcast;
  /** Absolute path. */
  dataFolder: string;
  /** The app's version: what one cannot read, another one may. */
  version: string;
  /** UTC milliseconds. */
  now: () => number;
  /** Aborted when the app quits. The database is closed from then on. */
  signal: AbortSignal;
  /** Brings a picture back from Trash. Returns whether it is in the gallery then. */
  restore: (imageId: string) => boolean;
};

export type ImportContext = ImportOptions & {
  /** Shared by all imports. */
  inFlight: InFlight;
};
