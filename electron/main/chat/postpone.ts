// A picture whose provider takes no more for the moment: it waits, and goes again by itself. See decisions/018.

import type { Message } from '../../../shared/domain/conversations';
import type { FailedJob, Job } from '../../../shared/generator/messages';
import type { ChatContext } from './chat-context';

/** A picture is put off so many times, and never for longer than this: a quarter of an hour at most. */
export const maxPostponements = 5;
export const maxWaitMs = 180_000;

/**
 * Puts a picture off where its provider has said for how long. Call it inside the transaction that ends the job.
 *
 * @returns whether it waits now; otherwise the failure is its end.
 */
export function putOff({ store, now }: ChatContext, job: Job, outcome: FailedJob): boolean {
  const { retryAfterMs } = outcome;
  if (job.kind !== 'picture' || retryAfterMs === undefined || retryAfterMs > maxWaitMs) return false;
  return store.messages.wait(job.jobId, outcome, now() + retryAfterMs, maxPostponements, now());
}

/** Queues a picture that was put off; its provider gets nothing before it is due. */
export function queueAgain(context: ChatContext, message: Message, job: Job): void {
  if (message.kind === 'image' && message.retryAt !== null) {
    // The clock may have been set since.
    context.pause(message.provider, Math.min(message.retryAt, context.now() + maxWaitMs));
  }
  // It was let in when it was asked for.
  context.resume(job);
}
