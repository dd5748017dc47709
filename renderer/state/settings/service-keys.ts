// What is known about the keys of services.
import { useMemo } from 'react';
import type { KeyLoss, KeySource, KeyState } from '../../../shared/contract/services';
import type { Service, ServiceId } from '../../../shared/domain/services';
import { t } from '../../../shared/languages/translate';
import { formatList } from '../../ui/format';
import { useProviders } from './providers-store';
import { factsOfService, useServices } from './services-store';

/**
 * `loss`: why a key of an earlier run is missing; null where one is in use, and where there was none. `heldFor`: the
 * origin that the key belongs to if it is not sent to where the service is asked.
 */
export type ServiceKey = { source: KeySource | null; loss: KeyLoss | null; heldFor: string | null };

const unknownKey: ServiceKey = { source: null, loss: null, heldFor: null };

/** Returns where the key of a service comes from, as far as that is known. */
export function keyOfService(keys: KeyState | null, id: ServiceId | undefined): ServiceKey {
  return keys?.sources.find(({ provider }) => provider === id) ?? unknownKey;
}

/** Returns whether a service has no key although it needs one, or had one before. False until the keys are known. */
export function lacksKey(service: Service): boolean {
  const { keys } = useProviders.getState();
  if (keys === null) return false;
  const { source, loss, heldFor } = keyOfService(keys, service.id);
  return (source === null || heldFor !== null) && (loss !== null || factsOfService(service).needsKey);
}

/** As `lacksKey`, in a component. */
export function useLacksKey(id: ServiceId): boolean {
  const service = useServices(({ services }) => services.find((candidate) => candidate.id === id));
  // An address of the environment changes what a service needs.
  useServices((state) => state.addresses);
  useProviders((state) => state.keys);
  return service !== undefined && lacksKey(service);
}

export type LostKey = { service: Service; loss: KeyLoss };

/** Returns the services in use whose keys of an earlier run are missing. */
export function useLostKeys(): readonly LostKey[] {
  const services = useServices((state) => state.services);
  const keys = useProviders((state) => state.keys);
  return useMemo(
    () =>
      services.flatMap((service): LostKey[] => {
        const { loss } = keyOfService(keys, service.id);
        return service.enabled && loss !== null ? [{ service, loss }] : [];
      }),
    [services, keys],
  );
}

/** Says why the keys of services are missing. */
export function lossText(loss: KeyLoss, names: readonly string[]): string {
  const values = { count: names.length, services: formatList(names) };
  return t(loss === 'session' ? 'connect.key_of_last_session' : 'connect.key_not_in_keychain', values);
}
