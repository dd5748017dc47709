// The models that the next message asks: one, or several at once.

import { useMemo } from 'react';
import { type ChosenModel, isSameModel } from '../../../shared/domain/chosen-model';
import { maxModels } from '../../../shared/domain/conversations';
import { labelOfModel } from '../../../shared/domain/model-lookup';
import { serviceOf } from '../../../shared/domain/service-directory';
import { currentModel } from '../../../shared/domain/service-kinds';
import type { Service } from '../../../shared/domain/services';
import { t } from '../../../shared/languages/translate';
import { toast } from '../../ui/toasts';
import { useConnect } from '../connect-store';
import type { ModelEntry } from '../models/model-entries';
import { useServices } from '../settings/services-store';
import { chooseModel } from './choose-model';
import { chosenProvider, useChosenProvider } from './chosen-provider';
import { useDraft } from './draft-store';

/** Returns the chosen models, at least one. */
export function useChosenModels(): readonly ChosenModel[] {
  const models = useDraft((state) => state.models);
  const services = useServices((state) => state.services);
  const { id, pictureModel } = useChosenProvider();
  return useMemo(
    () => severalOf(models, services) ?? [{ serviceId: id, model: pictureModel }],
    [models, services, id, pictureModel],
  );
}

/** As `useChosenModels`, outside a component. */
export function chosenModels(): readonly ChosenModel[] {
  const { id, pictureModel } = chosenProvider();
  const several = severalOf(useDraft.getState().models, useServices.getState().services);
  return several ?? [{ serviceId: id, model: pictureModel }];
}

/** Returns null if fewer than two of them can be asked, because the services of the others no longer exist. */
function severalOf(
  models: readonly ChosenModel[],
  services: readonly Service[],
): readonly ChosenModel[] | null {
  const there = models.filter(({ serviceId }) => services.find(({ id }) => id === serviceId)?.enabled);
  return there.length > 1 ? there : null;
}

/** Returns the field of a request that asks several models; nothing for one. */
export function severalField(models: readonly ChosenModel[]): { models?: ChosenModel[] } {
  return models.length > 1 ? { models: [...models] } : {};
}

/**
 * Adds a model to those that are asked at once, or removes it. The first one is added to the model in use. If its service
 * lacks its key, opens the sheet first.
 */
export function toggleModel(entry: ModelEntry): void {
  const { serviceId, model, keyLack } = entry;
  const wanted = { serviceId, model };
  const before = chosenModels();
  const isTicked = isAmong(before, wanted);
  if (!isTicked && keyLack !== null) {
    const onConnected = () => toggleModel({ ...entry, keyLack: null });
    useConnect.getState().open({ service: serviceId, onConnected });
    return;
  }
  if (!isTicked && before.length >= maxModels) {
    toast(t('models.at_most', { max: maxModels }), { tone: 'problem', ofView: 'current' });
    return;
  }
  const after = isTicked ? before.filter((other) => !isSameModel(other, wanted)) : [...before, wanted];
  const [first] = after;
  // The last model stays, because a message needs at least one.
  if (!first) return;
  if (after.length > 1) useDraft.getState().change({ model: first, models: [...after] });
  else chooseModel({ ...entry, ...first, label: modelName(first), keyLack: null });
}

/** Returns the name of a model, or of its service if users know it by that. */
export function modelName({ serviceId, model }: ChosenModel): string {
  const { name, kind } = serviceOf(serviceId);
  return kind === 'painter' || model === currentModel ? name : labelOfModel(model, serviceId);
}

/** Returns whether a model is one of these. */
export function isAmong(models: readonly ChosenModel[], wanted: ChosenModel): boolean {
  return models.some((other) => isSameModel(other, wanted));
}
