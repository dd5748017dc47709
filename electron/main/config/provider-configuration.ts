// What the generator needs to reach each provider: its key and its address.
import { refuseAddress } from '../../../shared/domain/addresses';
import type { Settings } from '../../../shared/domain/settings';
import type { ProviderConfiguration } from '../../../shared/generator/jobs';
import type { KeyLookup } from './choose-provider';
import type { Environment } from './environment';

export function providerConfiguration(
  environment: Environment,
  settings: Settings,
  keyOf: KeyLookup,
): ProviderConfiguration {
  /** An address in the environment is the user's explicit choice and may be private; a saved one must be allowed. */
  const addressOf = (provider: 'google' | 'imagen' | 'openai' | 'automatic1111') => {
    const saved = settings.addresses[provider] ?? null;
    const isAllowed =
      saved !== null && refuseAddress(provider, saved, settings.allowPrivateAddresses) === null;
    return environment[provider].baseUrl ?? (isAllowed ? saved : null);
  };
  const { project, location } = environment.imagen;
  return {
    painter: { delayMs: environment.painterDelayMs },
    google: { apiKey: keyOf('google'), baseUrl: addressOf('google') },
    imagen: { apiKey: keyOf('imagen'), baseUrl: addressOf('imagen'), project, location },
    openai: { apiKey: keyOf('openai'), baseUrl: addressOf('openai') },
    automatic1111: { baseUrl: addressOf('automatic1111') },
  };
}
