// Switches from a model that is deprecated, shut down or not listed to another one.
import { listedModel } from '../../../shared/domain/listed-models';
import { findModel, findModelOf, labelOfModel } from '../../../shared/domain/model-lookup';
import { firstPictureModel } from '../../../shared/domain/models';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { ServiceId } from '../../../shared/domain/services';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { useChosenModel } from './chosen-model-store';
import { useServices } from './services-store';
import { useSettings } from './settings-store';

/**
 * Selects a model at the preferred service, which may be the only one that knows it, or else at another service that has it:
 * Imagen's replacement belongs to Google.
 *
 * @returns whether a service has it.
 */
export async function selectModel(id: string, preferred: ServiceId): Promise<boolean> {
  const { services, change } = useServices.getState();
  const offering = services.filter((service) => service.enabled && hasModel(service.id, id));
  const own = findModel(id) ? undefined : services.find((service) => service.id === preferred);
  const service = offering.find((candidate) => candidate.id === preferred) ?? own ?? offering[0];
  if (!service) {
    toast(t('settings.no_service_for_model', { model: labelOfModel(id) }), { tone: 'problem' });
    return false;
  }
  if (!(await change(service.id, { pictureModel: id }))) return false;
  const isInUse = service.id === preferred;
  if (!isInUse && !(await useSettings.getState().change({ provider: service.id }))) return false;
  useChosenModel.setState({ requested: { serviceId: service.id, model: id } });
  return true;
}

function hasModel(service: ServiceId, id: string): boolean {
  return findModelOf(service, id) !== undefined || listedModel(service, id) !== undefined;
}

/**
 * Selects the first picture model that a service lists, in place of one that it does not have.
 *
 * @param gone the model that it does not have.
 * @returns whether there is another.
 */
export async function selectOfferedModel(
  id: ServiceId,
  gone: string = useSettings.getState().provider.pictureModel,
): Promise<boolean> {
  const reply = await request('provider:models', { provider: id });
  if (!reply.ok) {
    toast(reply.message, { tone: 'problem' });
    return false;
  }
  const offered = firstPictureModel(reply.value, gone);
  const { name } = serviceOf(id);
  if (!offered) {
    toast(t('settings.no_model_for_pictures', { service: name }), { tone: 'problem' });
    return false;
  }
  if (!(await useServices.getState().change(id, { pictureModel: offered.id }))) return false;
  useChosenModel.setState({ requested: { serviceId: id, model: offered.id } });
  toast(t('settings.uses_model_now', { service: name, model: labelOfModel(offered.id, id) }));
  return true;
}
