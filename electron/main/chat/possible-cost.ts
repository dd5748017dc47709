// Estimates what an interrupted text request may have cost.
import { possibleReplyCost } from '../../../shared/domain/token-prices';
import { isBilledReply } from '../../../shared/generator/billing';
import type { Ended } from '../../../shared/generator/ended';
import type { TextJob } from '../../../shared/generator/jobs';
import type { FailedJob } from '../../../shared/generator/messages';

/**
 * Adds its possible cost to a text that was cut off: it may have been charged for what was sent and for what had arrived.
 *
 * @param received returns the text that had arrived.
 * @param at UTC milliseconds.
 */
export function withPossibleCost(ended: Ended, received: () => string, at: number): Ended {
  const { job, outcome } = ended;
  if (job.kind !== 'text' || outcome.type !== 'failed' || !mayBeCharged(job, outcome)) return ended;
  const costMicroUsd = possibleReplyCost(job, received(), at) ?? 0;
  return { ...ended, outcome: { ...outcome, costMicroUsd } };
}

function mayBeCharged(job: TextJob, { code, costMicroUsd }: FailedJob): boolean {
  if (!isBilledReply(job) || (costMicroUsd !== null && costMicroUsd !== 0)) return false;
  return costMicroUsd === 0 || code === 'interrupted' || code === 'generator_stopped';
}
