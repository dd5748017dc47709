// Facts about the keys of services.
import { useMemo } from 'react';
import type { HeldKey, KeyLoss, KeyState } from '../../../shared/contract/services';
import type { Service, ServiceId } from '../../../shared/domain/services';
import type { MessageId } from '../../../shared/languages/en';
import { t } from '../../../shared/languages/translate';
import { formatList } from '../../ui/format';
import { useProviders } from './providers-store';
import { factsOfService, useServices } from './services-store';

/** The facts about a service's key. */
export type ServiceKey = Omit<HeldKey, 'provider'> & { isRefused: boolean };

const unknownKey: ServiceKey = { source: null, loss: null, heldFor: null, isRefused: false };

/** Returns the facts about a service's key; those of an unknown key while the keys are not loaded. */
export function keyOfService(keys: KeyState | null, id: ServiceId | undefined): ServiceKey {
  return keys?.sources.find(({ provider }) => provider === id) ?? unknownKey;
}

/** Why a service has no usable key: there is none, it belongs to another address, or it was not accepted. */
export type KeyLack = 'missing' | 'held' | 'refused';

/**
 * Returns why a service has no usable key, although it needs one or had one before; null if it lacks none, and until the keys
 * are known.
 */
export function keyLackOf(service: Service): KeyLack | null {
  const { keys } = useProviders.getState();
  if (keys === null) return null;
  const { source, loss, heldFor, isRefused } = keyOfService(keys, service.id);
  const isNeeded = loss !== null || factsOfService(service).needsKey;
  if (heldFor !== null) return isNeeded ? 'held' : null;
  // Even a service that may work without a key was used with this one.
  if (source !== null) return isRefused ? 'refused' : null;
  return isNeeded ? 'missing' : null;
}

/** As `keyLackOf`, in a component. */
export function useKeyLack(id: ServiceId): KeyLack | null {
  const service = useServices(({ services }) => services.find((candidate) => candidate.id === id));
  // Renders again when the addresses of the environment change, because the need for a key depends on them.
  useServices((state) => state.addresses);
  useProviders((state) => state.keys);
  return service === undefined ? null : keyLackOf(service);
}

/** Returns whether a service has no usable key, for any reason. */
export function lacksKey(service: Service): boolean {
  return keyLackOf(service) !== null;
}

const lackTexts = {
  missing: ['models.needs_key', 'models.fact_needs_key'],
  held: ['models.key_held', 'models.fact_key_held'],
  refused: ['models.key_refused', 'models.fact_key_refused'],
} as const satisfies Record<KeyLack, readonly [alone: MessageId, fact: MessageId]>;

/** Returns a text such as "Needs a key". */
export function keyLackText(lack: KeyLack): string {
  return t(lackTexts[lack][0]);
}

/** As `keyLackText`, for a list of facts. */
export function keyLackFact(lack: KeyLack): string {
  return t(lackTexts[lack][1]);
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

/** Explains why the keys of services are missing. */
export function lossText(loss: KeyLoss, names: readonly string[]): string {
  const values = { count: names.length, services: formatList(names) };
  return t(loss === 'session' ? 'connect.key_of_last_session' : 'connect.key_not_in_keychain', values);
}
