// Which providers and jobs may charge the user.
import { providers } from '../domain/model-catalogue';
import type { ProviderId } from '../domain/models';
import type { Job } from './jobs';

/** Returns whether a provider charges for pictures: every provider that is not on this computer. */
export function isBilled({ provider }: { provider: ProviderId }): boolean {
  return !providers[provider].local;
}

/** Returns whether a job asks a text model that may be billed. A provider without one answers by itself. */
export function isBilledReply(job: Job): boolean {
  return job.kind === 'text' && job.model !== null && isBilled(job);
}
