// The dependencies of the storage room, passed in so that tests can replace them.
import type { Result } from '../../../shared/domain/errors';
import type { WrittenFormat } from '../../../shared/domain/picture-files';
import type { Arrival } from '../../../shared/generator/arrivals';
import type { LinkedFile } from '../../../shared/generator/jobs';
import type { LocatedFile, LocateTask, Remade } from '../../../shared/generator/tasks';
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
    locate: (task: LocateTask) => Promise<Result<LocatedFile>>;
    /** Writes a picture as a PNG; both paths are absolute. Never rejects. */
    writePng: (file: string, target: string) => Promise<Result<null>>;
    /** Writes a picture in another format; both paths are absolute. Never rejects. */
    convert: (file: string, target: string, format: WrittenFormat, quality: number) => Promise<Result<null>>;
    /** @param link the user's file of a linked picture; ignored if that file has changed. */
    derive: (imageId: string, file: string, link?: LinkedFile) => void;
    /** Recreates all small versions, including existing ones. Never rejects. */
    remake: (imageId: string, file: string, link?: LinkedFile) => Promise<Remade>;
    releaseOriginal: (imageId: string, file: string) => void;
  };
  /** Passes arrivals to the dispatcher, which adds those that no message uses to the gallery. Returns at once. */
  adopt: (arrivals: readonly Arrival[]) => void;
  /** Returns whether the files of a request or picture are in use, or may still become a message's picture. */
  isHeld: (id: string) => boolean;
  /** UTC milliseconds. */
  now: () => number;
  /** Used for deletion by age, so that a wrong clock deletes nothing: see clock-trust.ts. */
  clock: TrustedClock;
  /** Aborted when the app ends: the database must not be used from then on. */
  signal: AbortSignal;
  /** Lets other work of the main process run. */
  pause: () => Promise<void>;
};

/** Maximum rows per step, so that it blocks the main process for only a few milliseconds. */
export const maxRowsPerStep = 50;

/** Broadcasts the messages that show these pictures, whose state has changed. */
export function broadcastMessages(
  { store, broadcast }: Pick<StorageContext, 'store' | 'broadcast'>,
  pictureIds: readonly string[],
): void {
  for (const id of pictureIds) {
    for (const message of store.messages.showing(id)) broadcast('message:updated', message);
  }
}
