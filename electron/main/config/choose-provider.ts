// Chooses the provider and the models for the next picture and the next text.
import type { ActiveProvider } from '../../../shared/contract/services';
import type { KeyedProvider } from '../../../shared/domain/keys';
import { providers } from '../../../shared/domain/model-catalogue';
import type { Settings } from '../../../shared/domain/settings';
import type { Environment } from './environment';

/** Returns the key in use for a provider, or null. */
export type KeyLookup = (provider: KeyedProvider) => string | null;

/** The environment takes precedence over the setting. `automatic` chooses Google if it has a key. */
export function chooseProvider(
  environment: Pick<Environment, 'provider'>,
  settings: Settings,
  keyOf: KeyLookup,
): ActiveProvider {
  const chosen = chooseId(environment, settings, keyOf);
  const { defaultModel, defaultTextModel } = providers[chosen.id];
  const models = settings.models[chosen.id];
  return {
    ...chosen,
    pictureModel: models?.picture ?? defaultModel,
    // A provider that cannot write text ignores a saved text model.
    textModel: defaultTextModel === null ? null : (models?.text ?? defaultTextModel),
  };
}

function chooseId(
  environment: Pick<Environment, 'provider'>,
  settings: Settings,
  keyOf: KeyLookup,
): Pick<ActiveProvider, 'id' | 'reason'> {
  if (environment.provider !== null) return { id: environment.provider, reason: 'environment' };
  if (settings.provider !== 'automatic') return { id: settings.provider, reason: 'settings' };
  if (keyOf('google') !== null) return { id: 'google', reason: 'key' };
  return { id: 'painter', reason: 'no-key' };
}
