// Postpones a picture whose provider is rate-limiting requests. See docs/decisions/018.
import type { Job } from '../../../shared/generator/jobs';
import type { FailedJob } from '../../../shared/generator/messages';
import type { ChatContext } from './chat-context';

/** Together a quarter of an hour at most. */
export const maxPostponements = 5;
export const maxPostponementMs = 180_000;

/**
 * Postpones a picture if its provider has said for how long: its row waits again. Call it inside the transaction that
 * ends the job.
 *
 * @returns whether the picture waits now; otherwise the failure is its end.
 */
export function postpone({ store, now }: ChatContext, job: Job, outcome: FailedJob): boolean {
  const { retryAfterMs } = outcome;
  if (job.kind !== 'picture' || retryAfterMs === undefined || retryAfterMs > maxPostponementMs) return false;
  return store.messages.postpone(job.jobId, outcome, now() + retryAfterMs, maxPostponements, now());
}
