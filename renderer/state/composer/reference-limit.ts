// The number of attached pictures that the model of the next message takes and needs, with its texts.

import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { maxReferencesOf, needsReference } from '../../../shared/domain/part-support';
import type { ServiceId } from '../../../shared/domain/services';
import { t } from '../../../shared/languages/translate';
import { modelName } from './chosen-models';

/** Describes the use of an attached picture. @param index counted from 0. */
export function describeUse(index: number, limit: number): string {
  if (isLeftOut(index, limit)) return t('composer.picture_left_out');
  return index === 0 ? t('composer.to_edit') : t('composer.reference', { number: index + 1 });
}

/** Returns whether an attached picture is not sent. @param index counted from 0. */
export function isLeftOut(index: number, limit: number): boolean {
  return limit > 0 && index >= limit;
}

/** Returns a note if the model does not take all attached pictures; otherwise null. */
export function limitNote(count: number, service: ServiceId, pictureModel: string): string | null {
  const limit = maxReferencesOf(service, pictureModel);
  if (limit >= count) return null;
  const name = modelName({ serviceId: service, model: pictureModel });
  if (limit === 0) return t('composer.takes_no_pictures', { model: name });
  return t('composer.takes_fewer_pictures', { model: name, limit, rest: count - limit });
}

/** Returns the first of the models that needs an attached picture; null if there is none. */
export function modelThatNeedsPicture(models: readonly ChosenModel[]): ChosenModel | null {
  return models.find(({ serviceId, model }) => needsReference(serviceId, model)) ?? null;
}
