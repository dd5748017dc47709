// Whether a service has no key although it needs one.
import { useEffect } from 'react';
import type { ServiceId } from '../../../shared/domain/services';
import { useProviders } from './providers-store';
import { factsOfService, useService } from './services-store';
import { useSettings } from './settings-store';

/** Returns false until the keys are known. */
export function useNeedsKey(id: ServiceId): boolean {
  const provider = useSettings((state) => state.provider);
  const service = useService(id);
  const keys = useProviders((state) => state.keys);
  const readKeys = useProviders((state) => state.readKeys);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new object means that a service or a key has changed.
  useEffect(() => {
    void readKeys();
  }, [readKeys, id, provider]);

  if (!service || !keys || !factsOfService(service).needsKey) return false;
  return !keys.sources.some((known) => known.provider === service.id && known.source !== null);
}
