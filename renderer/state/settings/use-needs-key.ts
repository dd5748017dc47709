// Whether the service in use has no key although it needs one.
import { useEffect } from 'react';
import { useProviders } from './providers-store';
import { factsOfService, useService } from './services-store';
import { useSettings } from './settings-store';

/** Returns false until the keys are known. */
export function useNeedsKey(): boolean {
  const provider = useSettings((state) => state.provider);
  const service = useService(provider.id);
  const keys = useProviders((state) => state.keys);
  const readKeys = useProviders((state) => state.readKeys);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new object means that a service or a key has changed.
  useEffect(() => {
    void readKeys();
  }, [readKeys, provider]);

  if (!service || !keys || !factsOfService(service).needsKey) return false;
  return !keys.sources.some((known) => known.provider === service.id && known.source !== null);
}
