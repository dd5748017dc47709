// Chooses the service and the models for the next picture and the next text.

import type { ActiveProvider } from '../../../shared/contract/services';
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { modelsOfService } from '../../../shared/domain/default-models';
import { changeHereModel } from '../../../shared/domain/edits';
import { engineServiceId } from '../../../shared/domain/engine';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { models } from '../../../shared/domain/model-catalogue';
import { builtInService, type Service, type ServiceId } from '../../../shared/domain/services';
import type { Settings } from '../../../shared/domain/settings';
import { sentence } from '../../../shared/languages/sentence';

/** Returns whether the service last rejected its key. */
export type RefusalLookup = (service: ServiceId) => boolean;

/** The services of this run. */
export type ServiceLookup = {
  find: (id: ServiceId) => Service | undefined;
  /** Returns the service that the environment selects; null if it names none. */
  fromEnvironment: () => ServiceId | null;
  /** Whether the engine on this computer can make pictures. */
  canRunEngine: () => boolean;
};

/**
 * The environment takes precedence over the setting. `automatic` chooses Google if it has a key that was not refused, then
 * the engine on this computer if it has a model. The id of a service that is switched off or removed counts as
 * `automatic`.
 *
 * @param hasKey returns whether a service has a key, or may have one that is not loaded yet.
 */
export function chooseProvider(
  services: ServiceLookup,
  settings: Pick<Settings, 'provider'>,
  hasKey: (service: ServiceId) => boolean,
  isRefused: RefusalLookup = () => false,
): ActiveProvider {
  const chosen = chooseId(services, settings, hasKey, isRefused);
  const service = services.find(chosen.id) ?? builtInService('painter');
  return { ...chosen, ...modelsOfService(service) };
}

/**
 * Returns the service and the models in use for a model that the user has chosen for a chat, whatever the settings say.
 * Does not check whether the service still has the model, because asking it would delay the reply.
 */
export function chosenProvider(
  services: Pick<ServiceLookup, 'find'>,
  { serviceId, model }: ChosenModel,
): Result<ActiveProvider> {
  // A local change needs no service; it works even if the painter was removed.
  const isChange = serviceId === 'painter' && model === changeHereModel;
  const service = isChange ? builtInService('painter') : services.find(serviceId);
  if (service?.enabled !== true) {
    return failure('unknown_provider', sentence('services.chosen_service_gone'));
  }
  const { kind, name } = service;
  const known = models.filter((candidate) => candidate.kind === kind);
  const isOther = known.some(({ id, makes }) => id === model && makes !== 'pictures');
  const isPainter = kind === 'painter' && !isChange && !known.some(({ id }) => id === model);
  if (isOther || isPainter) {
    return failure('model_gone', sentence('services.chosen_model_gone', { service: name, model }));
  }
  return success({ id: serviceId, reason: 'settings', ...modelsOfService(service), pictureModel: model });
}

function chooseId(
  { find, fromEnvironment, canRunEngine }: ServiceLookup,
  { provider }: Pick<Settings, 'provider'>,
  hasKey: (service: ServiceId) => boolean,
  isRefused: RefusalLookup,
): Pick<ActiveProvider, 'id' | 'reason'> {
  const named = fromEnvironment();
  if (named !== null) return { id: named, reason: 'environment' };
  if (find(provider)?.enabled === true) return { id: provider, reason: 'settings' };
  const isReachable = find('google')?.enabled === true && hasKey('google');
  // Temporary failures, such as a lost connection, do not count: the service would never be chosen again.
  const isKeyRefused = isReachable && isRefused('google');
  if (isReachable && !isKeyRefused) return { id: 'google', reason: 'key' };
  if (find(engineServiceId)?.enabled === true && canRunEngine())
    return { id: engineServiceId, reason: isKeyRefused ? 'key-refused' : 'engine' };
  return { id: 'painter', reason: isKeyRefused ? 'key-refused' : 'no-key' };
}
