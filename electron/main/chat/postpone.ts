// Postpones a picture whose provider is rate-limiting requests, or that waits for the user's own limit. See
// docs/decisions/018 and 042.
import { maxPostponementMs } from '../../../shared/domain/limits';
import type { Job } from '../../../shared/generator/jobs';
import type { FailedJob } from '../../../shared/generator/messages';
import type { ChatContext } from './chat-context';
import { isOwnLimit } from './status-of';

/** Their waits add up to at most 15 minutes. */
export const maxPostponements = 5;

/**
 * Postpones a picture if the failure says for how long: its row becomes pending again. Call inside the transaction
 * that ends the job.
 *
 * @returns whether the picture was postponed; if not, the failure is final.
 */
export function postpone({ store, now }: ChatContext, job: Job, outcome: FailedJob): boolean {
  const { retryAfterMs } = outcome;
  if (job.kind !== 'picture' || retryAfterMs === undefined || retryAfterMs > maxPostponementMs) return false;
  if (isOwnLimit(outcome.code)) {
    return store.messages.waitForLimit(job.jobId, outcome, now() + retryAfterMs, now());
  }
  return store.messages.postpone(job.jobId, outcome, now() + retryAfterMs, maxPostponements, now());
}
