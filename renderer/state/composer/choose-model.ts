// Chooses the model of the open chat, or the default of chats without a choice.

import { type ChosenModel, isSameModel } from '../../../shared/domain/chosen-model';
import { modelsOfService } from '../../../shared/domain/default-models';
import { t } from '../../../shared/languages/translate';
import { toast } from '../../ui/toasts';
import { useConnect } from '../connect-store';
import type { ModelEntry } from '../models/model-entries';
import { useChosenModel } from '../settings/chosen-model-store';
import { useServices } from '../settings/services-store';
import { useSettings } from '../settings/settings-store';
import { chosenFields } from './chosen-provider';
import { draftIn, useDraft } from './draft-store';
import { chatsUsingDefault, chooseForChat, passOnLastChoice } from './last-choice';
import { leftOutSentence } from './left-out';

/** Number of choices being saved. Until then, the settings may still have the previous one. */
let saving = 0;

/** The facts that are needed to choose a model. */
type ChoosableModel = Pick<ModelEntry, 'serviceId' | 'model' | 'label' | 'keyLack'>;

/**
 * Chooses the model of the open chat and of the next new one. If its service lacks its key, opens the sheet first. The draft
 * stays the same.
 */
export function chooseModel(entry: ChoosableModel): void {
  const { serviceId, model, label, keyLack } = entry;
  if (keyLack !== null) {
    const onConnected = () => chooseModel({ ...entry, keyLack: null });
    useConnect.getState().open({ service: serviceId, onConnected });
    return;
  }
  const chosen = { serviceId, model };
  chooseForChat({ model: chosen });
  const leftOut = leftOutSentence(chosen, label, useDraft.getState());
  if (leftOut !== null) toast(t('composer.setting_left_out', { sentence: leftOut }), { ofView: 'current' });
}

/** Chooses a model, and makes it the one of the settings. */
export async function chooseAsDefault(chosen: ChosenModel, label: string): Promise<void> {
  chooseModel({ ...chosen, label, keyLack: null });
  await makeDefault(chosen);
}

/** Passes a model to a callback without choosing it for the chat. If its service lacks its key, opens the sheet first. */
export function passModel(entry: ModelEntry, use: (model: ChosenModel) => void): void {
  const { serviceId: service, model, keyLack } = entry;
  const onConnected = () => use({ serviceId: service, model });
  if (keyLack !== null) useConnect.getState().open({ service, onConnected });
  else onConnected();
}

async function makeDefault({ serviceId, model }: ChosenModel): Promise<void> {
  const { services, change: changeService } = useServices.getState();
  const { settings, change } = useSettings.getState();
  const service = services.find(({ id }) => id === serviceId);
  saving += 1;
  try {
    if (service && service.pictureModel !== model) await changeService(serviceId, { pictureModel: model });
    if (settings.provider !== serviceId) await change({ provider: serviceId });
  } finally {
    saving -= 1;
  }
}

/**
 * Applies choices made elsewhere to the open chat: a service or a model that the user starts to use in the settings or in the
 * sheet becomes the model of the open chat.
 */
export function followSettings(): void {
  share();
  useDraft.subscribe(share);
  useServices.subscribe(share);
  passOnLastChoice();
  useChosenModel.subscribe(({ requested }, before) => {
    if (requested && requested !== before.requested) chooseForChat({ model: requested });
  });
  useSettings.subscribe(({ settings: { provider } }, { settings: before }) => {
    if (saving > 0 || provider === before.provider) return;
    replaceModels(({ serviceId }) => serviceId !== provider, null);
  });
  useServices.subscribe(({ services }, { services: before }) => {
    if (saving > 0 || services === before) return;
    for (const row of services) {
      const { pictureModel } = before.find(({ id }) => id === row.id) ?? row;
      if (pictureModel === row.pictureModel) continue;
      const current = { serviceId: row.id, model: modelsOfService(row).pictureModel };
      replaceModels((model) => model.serviceId === row.id && !isSameModel(model, current), current);
    }
  });
}

/** Replaces chosen models by another one, or by that of the settings (null). */
function replaceModels(isReplaced: (chosen: ChosenModel) => boolean, model: ChosenModel | null): void {
  for (const id of chatsUsingDefault()) {
    const chosen = draftIn(useDraft.getState(), id)?.model ?? null;
    if (chosen !== null && isReplaced(chosen)) useDraft.getState().changeIn(id, { model, models: [] });
  }
}

function share(): void {
  const { model: chosen = null } = chosenFields();
  if (!isSameModel(chosen, useChosenModel.getState().chosen)) useChosenModel.setState({ chosen });
}
