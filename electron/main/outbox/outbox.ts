// Decides when the outbox is drained: soon and in the background, or completely and at once.
import { batchSize, drainBatch, type OutboxContext } from './drain';

export type Outbox = ReturnType<typeof createOutbox>;

/** How long to wait before entries that could not be written are tried again (ms). */
const retryDelayMs = 5_000;

/**
 * @param later runs work later, such as `setImmediate`.
 * @param after runs work after a number of milliseconds.
 */
export function createOutbox(
  context: OutboxContext,
  later: (work: () => void) => void,
  after: (milliseconds: number, work: () => void) => void,
) {
  let isScheduled = false;
  let isRetryScheduled = false;

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
      // Nothing is lost: the entries stay in the outbox. Until they are drained, the gallery lacks their pictures.
      console.error('The outbox could not be drained and is tried again:', error);
      retry();
    }
  }

  function retry(): void {
    if (isRetryScheduled) return;
    isRetryScheduled = true;
    after(retryDelayMs, () => {
      isRetryScheduled = false;
      schedule();
    });
  }

  return {
    schedule,
    /** Drains every entry before it returns. @throws what the database throws, such as on a full disk. */
    drainAll(): void {
      while (drainBatch(context) > 0);
    },
  };
}
