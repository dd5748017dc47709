// Decides when the outbox is drained: soon and in the background, or completely and at once.
import { batchSize, drainBatch, type OutboxContext } from './drain';

export type Outbox = ReturnType<typeof createOutbox>;

/** @param later runs work later, such as `setImmediate`. */
export function createOutbox(context: OutboxContext, later: (work: () => void) => void) {
  let isScheduled = false;

  /** Drains the outbox soon, one batch per turn. Calling it again before then changes nothing. */
  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    later(drainScheduled);
  }

  function drainScheduled(): void {
    isScheduled = false;
    try {
      if (drainBatch(context) === batchSize) schedule();
    } catch (error) {
      // Nothing is lost: the entries stay in the outbox, and the next job that ends schedules another drain.
      console.error('The outbox could not be drained:', error);
    }
  }

  return {
    schedule,
    /** Drains every entry before it returns. @throws what the database throws, such as on a full disk. */
    drainAll(): void {
      while (drainBatch(context) > 0);
    },
  };
}
