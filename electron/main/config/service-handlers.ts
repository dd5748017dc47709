// Answers requests about keys and providers. No reply contains a key.
import type { serviceRequests } from '../../../shared/contract/services';
import { type Result, success } from '../../../shared/domain/errors';
import type { OfferedModel, ProviderId } from '../../../shared/domain/models';
import type { HandlersOf } from '../ipc/handlers';
import type { Secrets } from './secrets';

/** Requests to a provider that generate nothing. */
export type ServiceProbe = {
  check: (provider: ProviderId) => Promise<Result<string>>;
  listModels: (provider: ProviderId) => Promise<Result<OfferedModel[]>>;
};

export function createServiceHandlers(
  secrets: Secrets,
  probe: ServiceProbe,
): HandlersOf<typeof serviceRequests> {
  return {
    'keys:read': async () => success(await secrets.state()),
    'keys:set': ({ provider, key, remember }) => secrets.set(provider, key, remember),
    'keys:remove': ({ provider }) => secrets.remove(provider),
    'provider:check': ({ provider }) => probe.check(provider),
    'provider:models': ({ provider }) => probe.listModels(provider),
  };
}
