// Whether a model's name alone says which service is meant: two connected services may have the same model.
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

/** Returns the name of a model's service if another connected service has the model, too; or null. */
export type OwnerOf = (service: ServiceId, model: string) => string | null;

/** Returns what names the service of a model where two could be meant. Another function once that may have changed. */
export function useOwners(): OwnerOf {
  const services = useServices((state) => state.services);
  const offered = useProviders((state) => state.offered);
  const facts = useConnectionFacts();
  return useMemo(() => createOwnerOf(services, offered, facts), [services, offered, facts]);
}

type Offered = ReturnType<typeof useProviders.getState>['offered'];

/** @param offered the services' own lists, as far as they were read */
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
    // What the user has chosen there is there, whether its list was read or not.
    if (service.pictureModel === model) return true;
    const isKnown = list !== undefined || !hasOnlyListed(service);
    if (isKnown && modelsOfService(service).pictureModel === model) return true;
    if (list) return list.some(({ id }) => id === model);
    return isKnown && findModelOf(service.id, model) !== undefined;
  }
  return (id, model) => {
    const own = services.find((service) => service.id === id);
    // What an engine has loaded is another model at each.
    if (!own || model === currentModel) return null;
    const isShared = connected.some((service) => service.id !== id && has(service, model));
    return isShared ? shownServiceName(own) : null;
  };
}
