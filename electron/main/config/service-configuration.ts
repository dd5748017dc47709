// What the generator needs to reach each service: its key, its address and its headers.
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
  /** Where the headers may go. */
  headerOrigins: readonly string[];
};

/** Returns whether the headers of a service go to where it is asked. */
export function sendsHeaders({ kind, address, headerOrigins }: RunService): boolean {
  return belongsTo(headerOrigins, originOf(kind, address));
}

/**
 * @param stored what the user has set: whether private addresses are allowed to every service, and the service's workflows.
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
  // The library then sends the credentials of this computer's user.
  const isGoogleCloud = (kind === 'imagen' || kind === 'vertex') && secrets.takesEnvironment(id);
  return {
    ...unconfigured(service),
    // What belongs to the service's own address does not go to the usual one of its kind.
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
