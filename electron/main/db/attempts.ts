// Runs steps that may fail to write, such as on a full disk, and lets them be tried again.
import { isBusy } from '../../../shared/domain/is-busy';

/** How long to wait before what could not be written is tried again (ms). */
const retryDelayMs = 5_000;
/** The same if another program has locked the database (ms). */
const busyRetryDelayMs = 250;

export type AttemptOptions = {
  /** Called with what a write threw: no request is waiting that could report it. */
  onWriteError: (error: unknown) => void;
  /** Runs work after a number of milliseconds. */
  after: (milliseconds: number, work: () => void) => void;
};

/** Runs one step. What it throws delays that step only. @param what the step writes, for the log */
export type Attempt = (what: string, step: () => void) => void;

/**
 * @param again called a while after a step has failed. Several failures have one retry: otherwise each retry would
 *   multiply them.
 */
export function createAttempts({ onWriteError, after }: AttemptOptions, again: () => void): Attempt {
  let isRetryScheduled = false;
  /** Steps that failed the last time. A lock is retried four times a second, so only the first failure is logged. */
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
