// Which provider and which models the next picture and the next words go to.

import type { ActiveProvider } from '../../../shared/contract/services';
import { refuseAddress } from '../../../shared/domain/addresses';
import type { KeyedProvider } from '../../../shared/domain/keys';
import { providers } from '../../../shared/domain/model-catalogue';
import type { Settings } from '../../../shared/domain/settings';
import type { ProviderConfiguration } from '../../../shared/generator/messages';
import type { Environment } from './environment';

/** The environment decides, then the setting; `automatic` takes Google when there is a key. */
export function chooseProvider(
  environment: Environment,
  settings: Settings,
  keyOf: (provider: KeyedProvider) => string | null,
): ActiveProvider {
  const chosen = chooseId(environment, settings, keyOf);
  const { defaultModel, defaultTextModel } = providers[chosen.id];
  const models = settings.models[chosen.id];
  return {
    ...chosen,
    pictureModel: models?.picture ?? defaultModel,
    // One that has no model for words by nature gets none by a setting.
    textModel: defaultTextModel === null ? null : (models?.text ?? defaultTextModel),
  };
}

function chooseId(
  environment: Environment,
  settings: Settings,
  keyOf: (provider: KeyedProvider) => string | null,
): Pick<ActiveProvider, 'id' | 'reason'> {
  if (environment.provider !== null) return { id: environment.provider, reason: 'environment' };
  if (settings.provider !== 'automatic') return { id: settings.provider, reason: 'settings' };
  if (keyOf('google') !== null) return { id: 'google', reason: 'key' };
  return { id: 'painter', reason: 'no-key' };
}

/** @returns what each provider needs to know. */
export function providerConfiguration(
  environment: Environment,
  settings: Settings,
  keyOf: (provider: KeyedProvider) => string | null,
): ProviderConfiguration {
  /** The environment's address is the user's explicit choice and may be anywhere; a saved one has to be allowed. */
  const address = (provider: 'google' | 'imagen' | 'openai' | 'automatic1111') => {
    const saved = settings.addresses[provider] ?? null;
    const isAllowed =
      saved !== null && refuseAddress(provider, saved, settings.allowPrivateAddresses) === null;
    return environment[provider].baseUrl ?? (isAllowed ? saved : null);
  };
  const { project, location } = environment.imagen;
  return {
    painter: { delayMs: environment.painterDelayMs },
    google: { apiKey: keyOf('google'), baseUrl: address('google') },
    imagen: { apiKey: keyOf('imagen'), baseUrl: address('imagen'), project, location },
    openai: { apiKey: keyOf('openai'), baseUrl: address('openai') },
    automatic1111: { baseUrl: address('automatic1111') },
  };
}

/** Where each provider that is somewhere else is asked when nothing else is said. */
const defaultAddresses = {
  google: 'https://generativelanguage.googleapis.com',
  imagen: 'https://aiplatform.googleapis.com',
  openai: 'https://api.openai.com',
  automatic1111: null,
} as const;

/** @returns where providers may be asked, the one in use first; nothing as long as that is the painter. */
export function providerAddresses(
  ...[environment, settings, keyOf]: Parameters<typeof chooseProvider>
): string[] {
  const { id } = chooseProvider(environment, settings, keyOf);
  if (id === 'painter') return [];
  const configured = providerConfiguration(environment, settings, keyOf);
  const ids = [id, 'google', 'imagen', 'openai', 'automatic1111'] as const;
  return ids.flatMap((name) => configured[name].baseUrl ?? defaultAddresses[name] ?? []);
}
