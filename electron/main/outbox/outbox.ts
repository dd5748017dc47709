// Decides when the outbox is drained: soon and in the background, or completely and at once.
import { type AttemptOptions, createAttempts } from '../db/attempts';
import { batchSize, drainBatch, type OutboxContext } from './drain';

export type Outbox = ReturnType<typeof createOutbox>;

/**
 * @param later runs work later, such as `setImmediate`.
 */
export function createOutbox(
  context: OutboxContext,
  later: (work: () => void) => void,
  attempts: AttemptOptions,
) {
  let isScheduled = false;
  const attempt = createAttempts(attempts, schedule);

  /** Drains the outbox soon, one batch per turn. Calling it again before then changes nothing. */
  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    later(drainScheduled);
  }

  function drainScheduled(): void {
    isScheduled = false;
    // Nothing is lost by a failure: the entries stay in the outbox. Until they are drained, the gallery lacks their pictures.
    // Not shown: a name in Diagnostics.
    attempt('The outbox', () => {
      if (drainBatch(context) === batchSize) schedule();
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
