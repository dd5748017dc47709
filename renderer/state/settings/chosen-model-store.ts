// The chosen model of the open chat, for modules that must not depend on the draft: chat, usage and settings.
import { create } from 'zustand';
import type { ChosenModel } from '../../../shared/domain/chosen-model';

type ChosenModelState = {
  /** Null: the model of the settings. */
  chosen: ChosenModel | null;
  /** A model that was chosen outside the list of models, such as a replacement. A new object each time. */
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
