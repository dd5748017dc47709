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

/** Returns whether the last test of a service's key has found that it is not accepted. */
export type RefusalLookup = (service: ServiceId) => boolean;

/** The services of this run. */
export type ServiceLookup = {
  find: (id: ServiceId) => Service | undefined;
  /** The service that the environment puts in use; null if it names none. */
  fromEnvironment: () => ServiceId | null;
  /** Whether the engine on this computer can make pictures. */
  canRunEngine: () => boolean;
};

/**
 * The environment takes precedence over the setting. `automatic` chooses Google if it has a key that was not refused, then
 * the engine on this computer if it has a model. So does the id of a service that is switched off or removed.
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
 * Whether a service still has a model is left to that service, because asking it would delay the reply.
 */
export function chosenProvider(
  services: Pick<ServiceLookup, 'find'>,
  { serviceId, model }: ChosenModel,
): Result<ActiveProvider> {
  // A change here needs none of the services, and works where there is no painter among them.
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
  // What stops a service for a while, such as a lost connection, does not count: it would stay away for good.
  const isKeyRefused = isReachable && isRefused('google');
  if (isReachable && !isKeyRefused) return { id: 'google', reason: 'key' };
  if (find(engineServiceId)?.enabled === true && canRunEngine())
    return { id: engineServiceId, reason: isKeyRefused ? 'key-refused' : 'engine' };
  return { id: 'painter', reason: isKeyRefused ? 'key-refused' : 'no-key' };
}
