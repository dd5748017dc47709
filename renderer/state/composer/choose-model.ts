// Chooses the model of the open chat. The last choice is also the default of new chats.

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
import { useDraft } from './draft-store';
import { leftOutSentence } from './left-out';

/** While a choice is saved, the settings may still name the one before it. */
let saving = 0;

/** What has to be known of a model to choose it. */
type ChoosableModel = Pick<ModelEntry, 'serviceId' | 'model' | 'label' | 'keyLack'>;

/** Chooses a model, or leads to the sheet first if its service lacks its key. The draft stays as it is. */
export async function chooseModel(entry: ChoosableModel): Promise<void> {
  const { serviceId, model, label, keyLack } = entry;
  if (keyLack !== null) {
    const onConnected = () => void chooseModel({ ...entry, keyLack: null });
    useConnect.getState().open({ service: serviceId, onConnected });
    return;
  }
  const chosen = { serviceId, model };
  useDraft.getState().change({ model: chosen });
  const leftOut = leftOutSentence(chosen, label, useDraft.getState());
  if (leftOut !== null) toast(t('composer.setting_left_out', { sentence: leftOut }), { ofView: 'current' });
  await makeDefault(chosen);
}

/** Passes a model on without making it the one of the chat, or leads to the sheet first if its service lacks its key. */
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
 * Keeps the choice where it belongs: a service or a model that the user puts in use elsewhere, such as in the settings or in
 * the sheet, is the model of the open chat from then on.
 */
export function followSettings(): void {
  share();
  useDraft.subscribe(share);
  useServices.subscribe(share);
  useChosenModel.subscribe(({ requested }, before) => {
    if (requested && requested !== before.requested) useDraft.getState().change({ model: requested });
  });
  useSettings.subscribe(({ settings: { provider } }, { settings: before }) => {
    const { model } = useDraft.getState();
    const isOther = provider !== before.provider && model?.serviceId !== provider;
    if (saving === 0 && isOther && model) useDraft.getState().change({ model: null });
  });
  useServices.subscribe(({ services }, { services: before }) => {
    const { model } = useDraft.getState();
    const rowIn = (list: typeof services) => list.find(({ id }) => id === model?.serviceId);
    const row = rowIn(services);
    if (saving > 0 || !model || !row || row.pictureModel === rowIn(before)?.pictureModel) return;
    const current = { serviceId: row.id, model: modelsOfService(row).pictureModel };
    if (!isSameModel(current, model)) useDraft.getState().change({ model: current });
  });
}

function share(): void {
  const { model: chosen = null } = chosenFields();
  if (!isSameModel(chosen, useChosenModel.getState().chosen)) useChosenModel.setState({ chosen });
}
