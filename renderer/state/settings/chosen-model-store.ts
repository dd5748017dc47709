// The model that is chosen for the open chat, for those who must not know the draft: the chat, the usage, the settings.
import { create } from 'zustand';
import type { ChosenModel } from '../../../shared/domain/chosen-model';

type ChosenModelState = {
  /** Null: the model of the settings. */
  chosen: ChosenModel | null;
  /** What something else than the list of models has chosen, such as a replacement. A new object each time. */
  requested: ChosenModel | null;
};

export const useChosenModel = create<ChosenModelState>()(() => ({
  chosen: null,
  requested: null,
}));

/** Returns the field of a request that names the chosen model. */
export function chosenModelField(): { model?: ChosenModel } {
  const { chosen } = useChosenModel.getState();
  return chosen === null ? {} : { model: chosen };
}
