// Which providers and jobs may charge the user.

import { priceOf } from '../domain/model-lookup';
import { serviceOf } from '../domain/service-directory';
import type { ServiceId } from '../domain/services';
import type { Job } from './jobs';

/** Returns whether a provider charges for pictures: every provider that is not on this computer. */
export function isBilled({ provider }: { provider: ServiceId }): boolean {
  return !serviceOf(provider).local;
}

/** Returns whether a job asks a text model that may be billed. A provider without a text model answers for free. */
export function isBilledReply(job: Job): boolean {
  return job.kind === 'text' && job.model !== null && isBilled(job);
}

/**
 * Returns the possible cost of an interrupted job's request in micro-dollars: zero if the price is unknown, null if
 * nothing can have been charged.
 */
export function possibleCost(job: Job): number | null {
  if (job.kind === 'text') return isBilledReply(job) ? 0 : null;
  return isBilled(job) ? (priceOf(job.provider, job.model, job.params) ?? 0) : null;
}
