// Chooses the service and the models for the next picture and the next text.
import type { ActiveProvider } from '../../../shared/contract/services';
import { serviceKinds } from '../../../shared/domain/service-kinds';
import { builtInService, type Service, type ServiceId } from '../../../shared/domain/services';
import type { Settings } from '../../../shared/domain/settings';

/** Returns the key in use for a service, or null. */
export type KeyLookup = (service: ServiceId) => string | null;

/** The services of this run. */
export type ServiceLookup = {
  find: (id: ServiceId) => Service | undefined;
  /** The service that the environment puts in use; null if it names none. */
  fromEnvironment: () => ServiceId | null;
};

/**
 * The environment takes precedence over the setting. `automatic` chooses Google if it has a key. So does the id of a
 * service that is switched off or removed.
 */
export function chooseProvider(
  services: ServiceLookup,
  settings: Pick<Settings, 'provider'>,
  keyOf: KeyLookup,
): ActiveProvider {
  const chosen = chooseId(services, settings, keyOf);
  const service = services.find(chosen.id) ?? builtInService('painter');
  const { defaultModel, defaultTextModel } = serviceKinds[service.kind];
  return {
    ...chosen,
    pictureModel: service.pictureModel ?? defaultModel,
    // A service that cannot write text ignores a saved text model.
    textModel: defaultTextModel === null ? null : (service.textModel ?? defaultTextModel),
  };
}

function chooseId(
  { find, fromEnvironment }: ServiceLookup,
  { provider }: Pick<Settings, 'provider'>,
  keyOf: KeyLookup,
): Pick<ActiveProvider, 'id' | 'reason'> {
  const named = fromEnvironment();
  if (named !== null) return { id: named, reason: 'environment' };
  if (find(provider)?.enabled === true) return { id: provider, reason: 'settings' };
  if (find('google')?.enabled === true && keyOf('google') !== null) return { id: 'google', reason: 'key' };
  return { id: 'painter', reason: 'no-key' };
}
