// What looking after the disk needs of the world, passed in so that tests can bring a clock of their own.
import type { Result } from '../../../shared/domain/errors';
import type { LocatedFile, LocateTask } from '../../../shared/generator/messages';
import type { Store } from '../db/open';
import type { Broadcast } from '../ipc/broadcast';

export type StorageContext = {
  store: Store;
  broadcast: Broadcast;
  /** Absolute. */
  dataFolder: string;
  /** Opens pictures and writes their files. */
  generator: {
    locate: (task: LocateTask) => Promise<Result<LocatedFile>>;
    derive: (imageId: string, file: string) => void;
    releaseOriginal: (imageId: string, file: string) => void;
  };
  /** UTC milliseconds. */
  now: () => number;
  /** Aborted when the app ends: from then on the database is not to be asked any more. */
  signal: AbortSignal;
  /** Lets everything else have its turn. */
  pause: () => Promise<void>;
};

/** Most rows of one step, so that the main process is never away for more than a few milliseconds. */
export const rowsPerStep = 50;

/** Tells the screen that pictures are there otherwise than before: in Trash, missing, found or gone. */
export function tellMessages({ store, broadcast }: StorageContext, pictureIds: readonly string[]): void {
  for (const id of pictureIds) {
    for (const message of store.messages.showing(id)) broadcast('message:updated', message);
  }
}
