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

/** Why a service has no key to be asked with: there is none, or it belongs to another address. */
export type KeyLack = 'missing' | 'held';

/**
 * Returns why a service has no key to be asked with, although it needs one or had one before; null if nothing is lacking, and
 * until the keys are known.
 */
export function keyLackOf(service: Service): KeyLack | null {
  const { keys } = useProviders.getState();
  if (keys === null) return null;
  const { source, loss, heldFor } = keyOfService(keys, service.id);
  const isNeeded = loss !== null || factsOfService(service).needsKey;
  if (!isNeeded || (source !== null && heldFor === null)) return null;
  return heldFor === null ? 'missing' : 'held';
}

/** As `keyLackOf`, in a component. */
export function useKeyLack(id: ServiceId): KeyLack | null {
  const service = useServices(({ services }) => services.find((candidate) => candidate.id === id));
  // An address of the environment changes what a service needs.
  useServices((state) => state.addresses);
  useProviders((state) => state.keys);
  return service === undefined ? null : keyLackOf(service);
}

/** Returns whether a service has no key to be asked with, whyever. */
export function lacksKey(service: Service): boolean {
  return keyLackOf(service) !== null;
}

/** Returns such as "Needs a key". */
export function keyLackText(lack: KeyLack): string {
  return t(lack === 'held' ? 'models.key_held' : 'models.needs_key');
}

/** As `keyLackText`, among other facts. */
export function keyLackFact(lack: KeyLack): string {
  return t(lack === 'held' ? 'models.fact_key_held' : 'models.fact_needs_key');
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
