// What the generator needs to reach each service: its key, its address and its headers.
import { refuseAddress } from '../../../shared/domain/addresses';
import type { Service } from '../../../shared/domain/services';
import type { Workflow } from '../../../shared/domain/workflows';
import { type ServiceConfiguration, unconfigured } from '../../../shared/generator/jobs';
import type { KeyLookup } from './choose-provider';
import type { Environment } from './environment';

/** A service of this run. An address that comes from the environment is the user's explicit choice. */
export type RunService = Service & { isAddressFromEnvironment: boolean };

/**
 * @param stored what the user has set: whether private addresses are allowed to every service, and the service's workflows.
 */
export function configureService(
  service: RunService,
  environment: Pick<Environment, 'imagen' | 'painterDelayMs'>,
  keyOf: KeyLookup,
  { allowPrivate, workflows }: { allowPrivate: boolean; workflows: readonly Workflow[] },
): ServiceConfiguration {
  const { id, kind, address, headers, isAddressFromEnvironment } = service;
  const isAllowed =
    address !== null && (isAddressFromEnvironment || refuseAddress(kind, address, allowPrivate) === null);
  const { project, location } = environment.imagen;
  const isGoogleCloud = kind === 'imagen' || kind === 'vertex';
  return {
    ...unconfigured(service),
    // The key belongs to the service's own address, not to the usual one of its kind.
    apiKey: address === null || isAllowed ? keyOf(id) : null,
    baseUrl: isAllowed ? address : null,
    headers,
    workflows,
    ...(isGoogleCloud && { project, location }),
    ...(kind === 'painter' && { delayMs: environment.painterDelayMs }),
  };
}
