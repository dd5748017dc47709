// Runs steps whose writes may fail, for example on a full disk, and schedules retries.
import { isBusy } from '../../../shared/domain/is-busy';

/** Delay before retrying a failed write (ms). */
const retryDelayMs = 5_000;
/** The same if another program has locked the database (ms). */
const busyRetryDelayMs = 250;

export type AttemptOptions = {
  /** Called with the error of a failed write, because no request is waiting that could report it. */
  onWriteError: (error: unknown) => void;
  /** Runs work after a number of milliseconds. */
  after: (milliseconds: number, work: () => void) => void;
};

/** Runs one step. A failure delays only that step. @param what a description of the step, for the log */
export type Attempt = (what: string, step: () => void) => void;

/**
 * @param again called some time after a step has failed. Several failures share one retry, because otherwise retries
 * would multiply.
 */
export function createAttempts({ onWriteError, after }: AttemptOptions, again: () => void): Attempt {
  let isRetryScheduled = false;
  /**
   * Steps that failed on their last attempt. Only the first failure is logged, because a lock is retried four times a
   * second.
   */
  const failing = new Set<string>();

  function retryAfter(milliseconds: number): void {
    if (isRetryScheduled) return;
    isRetryScheduled = true;
    after(milliseconds, () => {
      isRetryScheduled = false;
      again();
    });
  }

  return (what, step) => {
    try {
      step();
      if (failing.delete(what)) console.info(`${what} could be written in the end.`);
    } catch (error) {
      if (!failing.has(what)) console.error(`${what} could not be written and is tried again:`, error);
      failing.add(what);
      onWriteError(error);
      retryAfter(isBusy(error) ? busyRetryDelayMs : retryDelayMs);
    }
  };
}
