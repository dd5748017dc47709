// Builds the generator's configuration of each service: its key, its address and its headers.
import { refuseAddress } from '../../../shared/domain/addresses';
import { belongsTo, originOf } from '../../../shared/domain/service-origin';
import type { Service } from '../../../shared/domain/services';
import type { Workflow } from '../../../shared/domain/workflows';
import { type ServiceConfiguration, unconfigured } from '../../../shared/generator/jobs';
import type { Environment } from './environment';
import type { Secrets } from './secrets';

/** A service of this run. An address that comes from the environment is the user's explicit choice. */
export type RunService = Service & {
  isAddressFromEnvironment: boolean;
  /** Origins that the headers may be sent to. */
  headerOrigins: readonly string[];
};

/** Returns whether a service's headers may be sent to its current origin. */
export function sendsHeaders({ kind, address, headerOrigins }: RunService): boolean {
  return belongsTo(headerOrigins, originOf(kind, address));
}

/**
 * @param stored whether the user allows private addresses for every service, and the service's workflows.
 */
export function configureService(
  service: RunService,
  environment: Pick<Environment, 'imagen' | 'painterDelayMs'>,
  secrets: Pick<Secrets, 'get' | 'heldFor' | 'takesEnvironment'>,
  { allowPrivate, workflows }: { allowPrivate: boolean; workflows: readonly Workflow[] },
): ServiceConfiguration {
  const { id, kind, address, headers, isAddressFromEnvironment } = service;
  const isAllowed =
    address !== null && (isAddressFromEnvironment || refuseAddress(kind, address, allowPrivate) === null);
  const { project, location } = environment.imagen;
  // Google's library then sends the credentials of this computer's user.
  const isGoogleCloud = (kind === 'imagen' || kind === 'vertex') && secrets.takesEnvironment(id);
  return {
    ...unconfigured(service),
    // Settings for the service's own address must not be used with the default address of its kind.
    ...((address === null || isAllowed) && {
      apiKey: secrets.get(id),
      heldFor: secrets.heldFor(id),
      ...(sendsHeaders(service) && { headers }),
    }),
    baseUrl: isAllowed ? address : null,
    workflows,
    ...(isGoogleCloud && { project, location }),
    ...(kind === 'painter' && { delayMs: environment.painterDelayMs }),
  };
}
