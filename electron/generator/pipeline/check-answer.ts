// Validates every service's answer: costs and waits must be plausible, and the outcome must fit the contract.
import { plausibleCost } from '../../../shared/domain/amounts';
import type { Job } from '../../../shared/generator/jobs';
import { failedJob, fromGeneratorSchema, type Outcome } from '../../../shared/generator/messages';
import type { MadePicture, Reply, ServiceFailure } from '../services/service';

/** Maximum wait that a service can ask for: 30 days. */
const maxRetryAfterMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Returns the answer with a plausible cost. An implausible cost becomes unknown: null for a picture, zero for a
 * failure.
 */
export function checkAnswer<Answer extends MadePicture | Reply>(
  answer: Answer | ServiceFailure,
): Answer | ServiceFailure {
  if (answer.ok) return { ...answer, costMicroUsd: plausibleCost(answer.costMicroUsd) };
  const { retryAfterMs, ...failure } = answer;
  const costMicroUsd = answer.costMicroUsd === null ? null : (plausibleCost(answer.costMicroUsd) ?? 0);
  if (retryAfterMs === undefined || !(retryAfterMs >= 0)) return { ...failure, costMicroUsd };
  return {
    ...failure,
    costMicroUsd,
    retryAfterMs: Math.ceil(Math.min(retryAfterMs, maxRetryAfterMs)),
  };
}

/**
 * Returns an outcome that the main process accepts. An outcome that violates the contract becomes a failure with
 * the cost so far.
 */
export function checkOutcome(job: Job, outcome: Outcome): Outcome {
  const checked = fromGeneratorSchema.safeParse(outcome);
  if (checked.success) return outcome;
  console.error('An outcome does not fit the contract:', checked.error.message);
  const cost = plausibleCost(outcome.costMicroUsd);
  const wasPaid = outcome.costMicroUsd !== null || outcome.type !== 'failed';
  return failedJob(job.jobId, 'bad_answer', 0, wasPaid && outcome.costMicroUsd !== 0 ? (cost ?? 0) : null);
}
