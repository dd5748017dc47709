// What the storage room needs of the rest of the app, passed in so that tests can replace it.
import type { Result } from '../../../shared/domain/errors';
import type { RecoverJob } from '../../../shared/generator/jobs';
import type { LocatedFile, LocateTask, Outcome } from '../../../shared/generator/messages';
import type { Store } from '../db/open';
import type { Broadcast } from '../ipc/broadcast';
import type { TrustedClock } from './trusted-clock';

export type StorageContext = {
  store: Store;
  broadcast: Broadcast;
  /** Absolute. */
  dataFolder: string;
  /** Opens pictures and writes their files. */
  generator: {
    /** Never rejects. */
    run: (job: RecoverJob) => Promise<Outcome>;
    locate: (task: LocateTask) => Promise<Result<LocatedFile>>;
    derive: (imageId: string, file: string) => void;
    releaseOriginal: (imageId: string, file: string) => void;
  };
  /** Returns whether a prefetch may still become a message's picture. */
  isHeld: (requestId: string) => boolean;
  /** When this process started, in UTC milliseconds. */
  startedAt: number;
  /** UTC milliseconds. */
  now: () => number;
  /** For what is deleted by its age, so that a wrong clock deletes nothing: see clock-trust.ts. */
  clock: TrustedClock;
  /** Aborted when the app ends: the database must not be used from then on. */
  signal: AbortSignal;
  /** Lets other work of the main process run. */
  pause: () => Promise<void>;
};

/** Limits one step, so that it blocks the main process for no more than a few milliseconds. */
export const maxRowsPerStep = 50;

/** Broadcasts the messages that show these pictures, whose state has changed. */
export function broadcastMessages({ store, broadcast }: StorageContext, pictureIds: readonly string[]): void {
  for (const id of pictureIds) {
    for (const message of store.messages.showing(id)) broadcast('message:updated', message);
  }
}
