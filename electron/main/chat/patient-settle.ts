// Settles jobs, and keeps those whose end cannot be written down for the moment: a full disk costs no picture.
import type { ChatContext } from './chat-context';
import { jobFor, questionOf } from './send-message';
import { type Ended, settle } from './settle';

/** @param onTrouble told what could not be written, and why. */
export function createPatientSettle(context: ChatContext, onTrouble: (error: unknown) => void) {
  let waiting: Ended[] = [];

  function attempt<Value>(work: () => Value): Value {
    try {
      return work();
    } catch (error) {
      onTrouble(error);
      throw error;
    }
  }

  return {
    /** Does work that nobody has asked for just now, so that nobody would hear of its failure. */
    attempt,
    /**
     * @returns as `settle`.
     * @throws what `settle` throws; then it is tried again by `retry`, and after a crash by the next start.
     */
    settle(ended: Ended): boolean {
      try {
        return attempt(() => settle(context, ended));
      } catch (error) {
        waiting.push(ended);
        throw error;
      }
    },
    /** Tries again what could not be written, and queues what could not be begun. */
    retry(): void {
      const again = waiting;
      waiting = [];
      for (const [index, ended] of again.entries()) {
        try {
          attempt(() => settle(context, ended));
        } catch (error) {
          console.error(`The end of job ${ended.job.jobId} still could not be written down:`, error);
          waiting.push(...again.slice(index));
          return;
        }
      }
      for (const message of context.store.messages.unfinished()) {
        // What is queued already, the queue knows.
        if (message.status !== 'pending' || message.error?.code === 'unknown_provider') continue;
        context.enqueue(jobFor(context, message, questionOf(context, message)));
      }
    },
  };
}
