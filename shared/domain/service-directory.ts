// The services of this process by id: maps ids to kinds, names and prices.
import {
  builtInService,
  builtInServiceIds,
  factsOf,
  type Service,
  type ServiceFacts,
  type ServiceId,
} from './services';

/**
 * Each process has one directory, because ids of services occur everywhere: in jobs, rows, files on disk and recipes.
 * The main process owns the list and sends it to the others; see docs/decisions/037-services-as-rows.md.
 */
let directory: ReadonlyMap<ServiceId, ServiceFacts> = toMap(builtInServiceIds.map(builtInService));

/** Replaces the services that this process knows, including removed ones, which history refers to. */
export function useServiceDirectory(
  services: readonly Pick<Service, 'id' | 'kind' | 'name' | 'address'>[],
): void {
  directory = toMap(services);
}

function toMap(services: readonly Pick<Service, 'id' | 'kind' | 'name' | 'address'>[]) {
  return new Map(services.map((service) => [service.id, factsOf(service)]));
}

/** Returns undefined for a service that this process does not know. */
export function findService(id: ServiceId | null | undefined): ServiceFacts | undefined {
  return id === null || id === undefined ? undefined : directory.get(id);
}

/** Returns the facts about a service. An unknown service is assumed to charge, so that its requests are not repeated. */
export function serviceOf(id: ServiceId): ServiceFacts {
  return directory.get(id) ?? factsOf({ id, kind: 'openai-compatible', name: id, address: null });
}

/** Returns all known services, including removed ones. */
export function allServices(): ServiceFacts[] {
  return [...directory.values()];
}
