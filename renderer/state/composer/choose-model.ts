// Chooses the model of the open chat. The last choice is also the default of new chats.
import { type ChosenModel, isSameModel } from '../../../shared/domain/chosen-model';
import { optionsNotTaken, type PictureOption } from '../../../shared/domain/picture-options';
import { serviceOf } from '../../../shared/domain/service-directory';
import { serviceKinds } from '../../../shared/domain/service-kinds';
import { toast } from '../../ui/toasts';
import { useConnect } from '../connect-store';
import type { ModelEntry } from '../models/model-entries';
import { useChosenModel } from '../settings/chosen-model-store';
import { useServices } from '../settings/services-store';
import { useSettings } from '../settings/settings-store';
import { chosenFields } from './chosen-provider';
import { useDraft } from './draft-store';

/** While a choice is saved, the settings may still name the one before it. */
let saving = 0;

/** What has to be known of a model to choose it. */
type ChoosableModel = Pick<ModelEntry, 'serviceId' | 'model' | 'label' | 'needsKey'>;

/** Chooses a model, or leads to the sheet first if its service needs a key. The draft stays as it is. */
export async function chooseModel(entry: ChoosableModel): Promise<void> {
  const { serviceId, model, label, needsKey } = entry;
  if (needsKey) {
    const onConnected = () => void chooseModel({ ...entry, needsKey: false });
    useConnect.getState().open({ service: serviceId, onConnected });
    return;
  }
  const chosen = { serviceId, model };
  useDraft.getState().change({ model: chosen });
  sayWhatIsLeftOut(chosen, label);
  await makeDefault(chosen);
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

const optionNames: Readonly<Record<PictureOption | 'seed', string>> = {
  resolution: 'this resolution',
  quality: 'a quality',
  thinking: 'a level of thinking',
  background: 'a transparent background',
  negativePrompt: 'a negative prompt',
  steps: 'a number of steps',
  guidance: 'a guidance',
  sampler: 'a sampler',
  scheduler: 'a scheduler',
  strength: 'a strength',
  seed: 'a seed',
};

/** What was set for another model is kept for it, and is not sent to this one. */
function sayWhatIsLeftOut({ serviceId, model }: ChosenModel, label: string): void {
  const { options, seed } = useDraft.getState();
  const isSeedLeft = seed !== null && !serviceOf(serviceId).takesSeed;
  const left = [...optionsNotTaken(serviceId, model, options), ...(isSeedLeft ? (['seed'] as const) : [])];
  if (left.length === 0) return;
  const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(
    left.map((name) => optionNames[name]),
  );
  toast(`${label} does not take ${list}. What you set is left out.`);
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
    const current = { serviceId: row.id, model: row.pictureModel ?? serviceKinds[row.kind].defaultModel };
    if (!isSameModel(current, model)) useDraft.getState().change({ model: current });
  });
}

function share(): void {
  const { model: chosen = null } = chosenFields();
  if (!isSameModel(chosen, useChosenModel.getState().chosen)) useChosenModel.setState({ chosen });
}
