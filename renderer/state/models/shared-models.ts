// Decides whether a model's name needs the name of its service, because several connected services may have the same model.
import { useMemo } from 'react';
import { modelsOfService } from '../../../shared/domain/default-models';
import { findModelOf } from '../../../shared/domain/model-lookup';
import { currentModel } from '../../../shared/domain/service-kinds';
import { type Service, type ServiceId, shownServiceName } from '../../../shared/domain/services';
import { useProviders } from '../settings/providers-store';
import { lacksKey } from '../settings/service-keys';
import { useServices } from '../settings/services-store';
import { type ConnectionFacts, isConnected, useConnectionFacts } from './connected-services';
import { hasOnlyListed } from './model-entries';

/** Returns the name of a model's service if another connected service also has the model; otherwise null. */
export type OwnerOf = (service: ServiceId, model: string) => string | null;

/** Returns an `OwnerOf`. It is a new function whenever the services or their lists change. */
export function useOwners(): OwnerOf {
  const services = useServices((state) => state.services);
  const offered = useProviders((state) => state.offered);
  const facts = useConnectionFacts();
  return useMemo(() => createOwnerOf(services, offered, facts), [services, offered, facts]);
}

type Offered = ReturnType<typeof useProviders.getState>['offered'];

/** @param offered the services' own lists that were read */
export function createOwnerOf(
  services: readonly Service[],
  offered: Offered,
  facts: ConnectionFacts,
): OwnerOf {
  const connected = services.filter(
    (service) => service.enabled && isConnected(service, facts) && !lacksKey(service),
  );
  function has(service: Service, model: string): boolean {
    const list = offered[service.id];
    // The chosen model of a service counts as available, even if its list was not read.
    if (service.pictureModel === model) return true;
    const isKnown = list !== undefined || !hasOnlyListed(service);
    if (isKnown && modelsOfService(service).pictureModel === model) return true;
    if (list) return list.some(({ id }) => id === model);
    return isKnown && findModelOf(service.id, model) !== undefined;
  }
  return (id, model) => {
    const own = services.find((service) => service.id === id);
    // `currentModel` is a different model at each engine.
    if (!own || model === currentModel) return null;
    const isShared = connected.some((service) => service.id !== id && has(service, model));
    return isShared ? shownServiceName(own) : null;
  };
}
