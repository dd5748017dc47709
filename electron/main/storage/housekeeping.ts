// When the disk is looked after: in the background once the first paint is over, and again while the app runs.
import type { EmptiedTrash, TrashSize } from '../../../shared/contract/trash';
import { purge } from './purge';
import { type Reconciled, reconcile } from './reconcile';
import type { StorageContext } from './storage-context';

const secondMs = 1000;
const hourMs = 60 * 60 * secondMs;
export const dayMs = 24 * hourMs;

/** The screen has the processor to itself for this long after its first paint. */
const settleMs = 2 * secondMs;

export type Housekeeping = ReturnType<typeof createHousekeeping>;

/**
 * @param after runs work once, so many milliseconds later.
 * @param isWhole whether the database has all its rows: while it is being rescued, files without a row are not
 *   strangers.
 */
export function createHousekeeping(
  context: StorageContext,
  after: (milliseconds: number, work: () => void) => void,
  isWhole: () => boolean,
) {
  let reconciled: Reconciled | null = null;
  let purging: Promise<unknown> = Promise.resolve();
  let isStarted = false;

  /** One at a time: what one has marked, another must not count as its own. */
  function purgeNext(until: number): Promise<TrashSize> {
    const next = purging.then(() => purge(context, until));
    purging = next.catch(() => undefined);
    return next;
  }

  async function round(): Promise<void> {
    try {
      await purgeNext(context.now() - context.store.settings.read().trashDays * dayMs);
      const isDue = reconciled === null || context.now() - reconciled.at >= dayMs;
      if (isDue && isWhole() && !context.signal.aborted)
        reconciled = (await reconcile(context)) ?? reconciled;
    } catch (error) {
      // Nothing is lost: every step can be repeated.
      console.error('The data folder could not be looked after; it is tried again in an hour:', error);
    }
    // Hourly and not daily, since a computer that sleeps would put a day's timer off.
    if (!context.signal.aborted) after(hourMs, startRound);
  }

  function startRound(): void {
    if (!context.signal.aborted) void round();
  }

  return {
    /** Call it after the first paint. A second call changes nothing. */
    start(): void {
      if (isStarted) return;
      isStarted = true;
      after(settleMs, startRound);
    },
    /** Removes everything in Trash for good that can go now. */
    async emptyTrash(): Promise<EmptiedTrash> {
      const { bytes } = await purgeNext(Number.MAX_SAFE_INTEGER);
      return { bytes, stayed: context.store.trash.counts() };
    },
    /** @returns what the last reconciling found; null before the first. */
    lastReconciled(): Reconciled | null {
      return reconciled;
    },
  };
}
