// Switches from a model that is deprecated, shut down or not listed to another one.
import { findModel, labelOfModel } from '../../../shared/domain/model-lookup';
import { firstForPictures } from '../../../shared/domain/models';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { ServiceId } from '../../../shared/domain/services';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { useChosenModel } from './chosen-model-store';
import { useServices } from './services-store';
import { useSettings } from './settings-store';

/** Selects a model and a service that offers it, which may be another one: Imagen's replacement belongs to Google. */
export async function selectModel(id: string): Promise<void> {
  const { provider, change } = useSettings.getState();
  const { services, change: changeService } = useServices.getState();
  const model = findModel(id);
  const offering = services.filter(({ kind, enabled }) => enabled && kind === model?.kind);
  const service = offering.find((candidate) => candidate.id === provider.id) ?? offering[0];
  if (!service) return;
  await changeService(service.id, { pictureModel: id });
  if (service.id !== provider.id) await change({ provider: service.id });
  useChosenModel.setState({ requested: { serviceId: service.id, model: id } });
}

/** Selects another model in place of one that a service has no longer. It may belong to another service. */
export async function replaceModel(service: ServiceId, id: string): Promise<void> {
  const known = findModel(id);
  if (known && known.kind !== serviceOf(service).kind) return selectModel(id);
  if (!(await useServices.getState().change(service, { pictureModel: id }))) return;
  useChosenModel.setState({ requested: { serviceId: service, model: id } });
}

/**
 * Selects the first model for pictures that a service lists, in place of one that it does not have.
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
  const offered = firstForPictures(reply.value, gone);
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
