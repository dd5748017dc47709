// Postpones a picture whose provider is rate-limiting requests, and queues it again. See docs/decisions/018.
import type { Message } from '../../../shared/domain/conversations';
import type { Job } from '../../../shared/generator/jobs';
import type { FailedJob } from '../../../shared/generator/messages';
import type { ChatContext } from './chat-context';

/** Together a quarter of an hour at most. */
export const maxPostponements = 5;
export const maxPostponementMs = 180_000;

/**
 * Postpones a picture if its provider has said for how long. Call it inside the transaction that ends the job.
 *
 * @returns whether the picture waits now; otherwise the failure is its end.
 */
export function postpone({ store, now }: ChatContext, job: Job, outcome: FailedJob): boolean {
  const { retryAfterMs } = outcome;
  if (job.kind !== 'picture' || retryAfterMs === undefined || retryAfterMs > maxPostponementMs) return false;
  return store.messages.postpone(job.jobId, outcome, now() + retryAfterMs, maxPostponements, now());
}

/** Queues a message again. Its provider is paused until a postponed picture is due. */
export function requeue(context: ChatContext, message: Message, job: Job): void {
  if (message.kind === 'image' && message.retryAt !== null) {
    // Limits the pause, because the clock may have been changed since.
    context.pause(message.provider, Math.min(message.retryAt, context.now() + maxPostponementMs));
  }
  // The job was admitted when it was requested.
  context.resume(job);
}
