// Schedules purging, adopting arrivals, removing unused masks, and reconciling: after the first paint, then hourly.
import type { EmptiedTrash, TrashSize } from '../../../shared/contract/trash';
import { offerArrivals } from './offer-arrivals';
import { purge, purgePicture } from './purge';
import { type Reconciled, reconcile } from './reconcile';
import type { StorageContext } from './storage-context';
import { tidyMasks } from './tidy-masks';

const secondMs = 1000;
const hourMs = 60 * 60 * secondMs;
export const dayMs = 24 * hourMs;

/** Keeps the processor free for the renderer after its first paint. */
const firstRunMs = 2 * secondMs;

export type Housekeeping = ReturnType<typeof createHousekeeping>;

/**
 * @param after runs work once, after a delay in milliseconds.
 * @param isComplete whether the database has all its rows. During a rescue, files may lack theirs and must not be
 *   moved.
 */
export function createHousekeeping(
  context: StorageContext,
  after: (milliseconds: number, work: () => void) => void,
  isComplete: () => boolean,
) {
  let reconciled: Reconciled | null = null;
  let purging: Promise<unknown> = Promise.resolve();
  let isStarted = false;

  /** Purges run one at a time, so that none counts pictures that another has marked. */
  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const next = purging.then(work);
    purging = next.catch(() => undefined);
    return next;
  }
  const purgeNext = (until: number): Promise<TrashSize> => inTurn(() => purge(context, until));

  async function run(): Promise<void> {
    try {
      context.clock.save();
      await purgeNext(context.clock.retentionTime() - context.store.settings.read().trashDays * dayMs);
      if (isComplete() && !context.signal.aborted) await offerArrivals(context);
      if (isComplete() && !context.signal.aborted) await tidyMasks(context);
      // If the clock was once ahead, daily runs must not stop until that time.
      const isDue = reconciled === null || Math.abs(context.now() - reconciled.at) >= dayMs;
      if (isDue && isComplete() && !context.signal.aborted)
        reconciled = (await reconcile(context)) ?? reconciled;
    } catch (error) {
      // Nothing is lost, because every step is repeatable.
      console.error('Housekeeping failed. It runs again in an hour:', error);
    }
    // The timer is hourly because sleep would delay a daily one.
    if (!context.signal.aborted) after(hourMs, startRun);
  }

  function startRun(): void {
    if (!context.signal.aborted) void run();
  }

  return {
    /** Call after the first paint. A second call has no effect. */
    start(): void {
      if (isStarted) return;
      isStarted = true;
      after(firstRunMs, startRun);
    },
    /** Permanently deletes everything in Trash, as far as possible. */
    async emptyTrash(): Promise<EmptiedTrash> {
      const { bytes } = await purgeNext(Number.MAX_SAFE_INTEGER);
      return { bytes, stayed: context.store.trash.counts() };
    },
    /** Permanently deletes a picture of Trash. @returns whether it was in Trash. */
    deleteForGood: (imageId: string): Promise<boolean> => inTurn(() => purgePicture(context, imageId)),
    /** Returns the result of the last reconcile; null before the first. */
    lastReconciled(): Reconciled | null {
      return reconciled;
    },
  };
}
