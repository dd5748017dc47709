// Computes fingerprints of pictures in the background: of new ones as soon as they are in the gallery, of older ones
// when idle.
import type { Result } from '../../../shared/domain/errors';
import type { Store } from '../db/open';
import type { PictureFile } from '../db/trash';
import type { Broadcast } from '../ipc/broadcast';

/** Pictures whose fingerprints are written in one transaction. */
const picturesPerStep = 16;
/** Pause between two steps (ms), to limit the processor load. */
const pauseMs = 30;
/** Pause between single pictures while others are being made or imported (ms). */
const busyPauseMs = 250;
/** Delay before retrying after the generator or the disk has failed (ms). */
const retryMs = 60_000;

export type ReadFingerprintsOptions = {
  store: Pick<Store, 'batch' | 'fingerprints'>;
  generator: {
    /** Null: the picture cannot be opened. Never rejects. */
    readFingerprint: (imageId: string, file: string) => Promise<Result<Uint8Array | null>>;
  };
  /** Returns whether pictures are being made or imported. */
  isBusy: () => boolean;
  broadcast: Broadcast;
  /** Runs work after a number of milliseconds. */
  after: (milliseconds: number, work: () => void) => void;
  /** Aborted when the app quits. */
  signal: AbortSignal;
};

export type FingerprintReading = ReturnType<typeof createFingerprintReading>;

export function createFingerprintReading(options: ReadFingerprintsOptions) {
  const { store, generator, broadcast, after, signal } = options;
  let isRunning = false;
  let left = 0;
  /** The number of pictures left when the windows were last told. */
  let reported = 0;

  /** Returns how many of them got a fingerprint. */
  async function read(pictures: readonly PictureFile[]): Promise<number> {
    const found: { id: string; fingerprint: Uint8Array | null }[] = [];
    for (const { id, file } of pictures) {
      const answer = await generator.readFingerprint(id, file);
      if (answer.ok) found.push({ id, fingerprint: answer.value });
    }
    if (signal.aborted) return 0;
    const stacked = store.batch(() =>
      found.filter(({ id, fingerprint }) => store.fingerprints.write(id, fingerprint)),
    );
    if (stacked.length > 0)
      broadcast(
        'gallery:stacked',
        stacked.map(({ id }) => id),
      );
    return found.length;
  }

  /** After a crash, the next start continues, because each step is written to the database. */
  async function step(): Promise<void> {
    if (signal.aborted) return;
    try {
      const isBusy = options.isBusy();
      const pictures = store.fingerprints.nextUnread(isBusy ? 1 : picturesPerStep);
      const count = await read(pictures);
      if (signal.aborted) return;
      left -= count;
      // More may have been added meanwhile.
      if (left <= 0 || count === 0) left = store.fingerprints.unread();
      report();
      if (left === 0) isRunning = false;
      else after(count < pictures.length ? retryMs : isBusy ? busyPauseMs : pauseMs, () => void step());
    } catch (error) {
      console.error(
        'Some pictures could not be compared with others. They are tried again in a minute:',
        error,
      );
      after(retryMs, () => void step());
    }
  }

  /** Tells the windows after about each percent of the work. */
  function report(): void {
    if (left > 0 && left < reported && reported - left < reported / 100) return;
    if (left === 0 && reported === 0) return;
    reported = left;
    broadcast('gallery:unread', { left });
  }

  function wake(): void {
    if (isRunning || signal.aborted) return;
    left = store.fingerprints.unread();
    if (left === 0) return;
    isRunning = true;
    void step();
  }

  return {
    /** Reads all missing fingerprints. Call after the first paint, and when pictures were added. */
    wake,
    /** Retries a picture that could not be opened, now that its files have changed. */
    readAgain(imageId: string): void {
      if (signal.aborted) return;
      try {
        if (store.batch(() => store.fingerprints.forgetUnreadable(imageId))) wake();
      } catch (error) {
        console.error(
          'A picture stays out of the comparison until its small versions are made again:',
          error,
        );
      }
    },
    /** Reads one picture's fingerprint before the others, if it is missing. */
    async readFirst(imageId: string): Promise<void> {
      const picture = store.fingerprints.unreadPicture(imageId);
      if (picture) await read([picture]);
    },
  };
}
