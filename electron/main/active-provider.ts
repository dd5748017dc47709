// Which provider and which models the next picture and the next words go to.
import type { ProviderConfiguration } from '../../shared/generator-messages';
import type { ActiveProvider } from '../../shared/ipc';
import { providers } from '../../shared/models';
import type { Settings } from '../../shared/settings';
import type { Environment } from './environment';

/** The environment decides, then the setting; `automatic` takes Google when there is a key. */
export function chooseProvider(environment: Environment, settings: Settings): ActiveProvider {
  const chosen = chooseId(environment, settings);
  const { defaultModel, defaultTextModel } = providers[chosen.id];
  return { ...chosen, pictureModel: defaultModel, textModel: defaultTextModel };
}

function chooseId(environment: Environment, settings: Settings): Pick<ActiveProvider, 'id' | 'reason'> {
  if (environment.provider !== null) return { id: environment.provider, reason: 'environment' };
  if (settings.provider !== 'automatic') return { id: settings.provider, reason: 'settings' };
  if (environment.google.apiKey !== null) return { id: 'google', reason: 'key' };
  return { id: 'painter', reason: 'no-key' };
}

/** @returns what each provider needs to know. */
export function providerConfiguration(environment: Environment): ProviderConfiguration {
  const { painterDelayMs, google, imagen, openai, automatic1111 } = environment;
  return {
    painter: { delayMs: painterDelayMs },
    google,
    imagen: { apiKey: google.apiKey, ...imagen },
    openai,
    automatic1111,
  };
}
