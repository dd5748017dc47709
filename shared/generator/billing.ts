// Which providers and jobs may charge the user.

import { serviceOf } from '../domain/service-directory';
import type { ServiceId } from '../domain/services';
import type { Job } from './jobs';

/** Returns whether a provider charges for pictures: every provider that is not on this computer. */
export function isBilled({ provider }: { provider: ServiceId }): boolean {
  return !serviceOf(provider).local;
}

/** Returns whether a job asks a text model that may be billed. A provider without one answers by itself. */
export function isBilledReply(job: Job): boolean {
  return job.kind === 'text' && job.model !== null && isBilled(job);
}
