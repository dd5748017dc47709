// The model that is chosen for the open chat, for those who must not read the draft: the chat and the usage.
import { create } from 'zustand';
import type { ChosenModel } from '../../../shared/domain/chosen-model';

type ChosenModelState = {
  /** Null: the model of the settings. */
  chosen: ChosenModel | null;
};

export const useChosenModel = create<ChosenModelState>()(() => ({ chosen: null }));

/** Returns the field of a request that names the chosen model. */
export function chosenModelField(): { model?: ChosenModel } {
  const { chosen } = useChosenModel.getState();
  return chosen === null ? {} : { model: chosen };
}
