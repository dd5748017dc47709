// Decides which services the user has connected. Unused built-in services are only offered in the sheet.
import { useMemo } from 'react';
import type { KeyState } from '../../../shared/contract/services';
import { engineServiceId } from '../../../shared/domain/engine';
import {
  builtInService,
  builtInServiceIds,
  type Service,
  type ServiceId,
} from '../../../shared/domain/services';
import { useProviders } from '../settings/providers-store';
import { keyOfService } from '../settings/service-keys';
import { useServices } from '../settings/services-store';
import { useSettings } from '../settings/settings-store';
import { useModelUses } from './model-uses-store';

export type ConnectionFacts = {
  keys: KeyState | null;
  /** The addresses that the environment sets for this run. */
  addresses: Readonly<Record<ServiceId, string>>;
  /** Whether the user has named the services of this run. */
  isFromEnvironment: boolean;
  /** Services that are in use now, or have made pictures. */
  used: ReadonlySet<ServiceId>;
};

/**
 * Returns whether the user has connected a service: added it, changed it, given it a key or an address, or used it. Services
 * on this computer that need no setup also count as connected.
 */
export function isConnected(service: Service, facts: ConnectionFacts): boolean {
  const { id, kind } = service;
  const { keys, addresses, isFromEnvironment, used } = facts;
  const { source, loss } = keyOfService(keys, id);
  return (
    isFromEnvironment ||
    kind === 'painter' ||
    id === engineServiceId ||
    source !== null ||
    loss !== null ||
    used.has(id) ||
    Object.hasOwn(addresses, id) ||
    !isUntouched(service)
  );
}

/** Returns whether a service has its initial values. Its order and its translated name do not count. */
function isUntouched(service: Service): boolean {
  const id = builtInServiceIds.find((builtIn) => builtIn === service.id);
  if (id === undefined) return false;
  const { name, address, headers, enabled, pictureModel, textModel, limits } = builtInService(id);
  return (
    service.name === name &&
    service.address === address &&
    service.enabled === enabled &&
    service.pictureModel === pictureModel &&
    service.textModel === textModel &&
    service.limits === limits &&
    Object.keys(service.headers).length === Object.keys(headers).length
  );
}

/** Returns the currently known facts that decide whether a service is connected. */
export function connectionFacts(): ConnectionFacts {
  const { addresses, isFromEnvironment } = useServices.getState();
  const { settings, provider } = useSettings.getState();
  const uses = useModelUses.getState().uses.map((use) => use.provider);
  return {
    keys: useProviders.getState().keys,
    addresses,
    isFromEnvironment,
    used: new Set([settings.provider, provider.id, ...uses]),
  };
}

/** As `connectionFacts`, in a component. Returns the same object until a fact changes. */
export function useConnectionFacts(): ConnectionFacts {
  const keys = useProviders((state) => state.keys);
  const addresses = useServices((state) => state.addresses);
  const chosen = useSettings((state) => state.settings.provider);
  const inUse = useSettings((state) => state.provider.id);
  const uses = useModelUses((state) => state.uses);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `connectionFacts` reads these.
  return useMemo(connectionFacts, [keys, addresses, chosen, inUse, uses]);
}
