// Opens the composer's list of models from elsewhere, such as a command, or asks for the model of one request.
import { create } from 'zustand';
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { showView } from '../navigation';

/** `count`: a new number for each request. */
export const useModelListRequest = create<{ count: number }>()(() => ({ count: 0 }));

/** Opens the list of models for the chat. */
export function openModelList(): void {
  showView('chat');
  useModelListRequest.setState(({ count }) => ({ count: count + 1 }));
}

type ModelChoice = {
  /** Called with the model that is chosen for one request; null while the choice is closed. */
  onChosen: ((model: ChosenModel) => void) | null;
  /** The model to replace. */
  used: ChosenModel | undefined;
};

export const useModelChoice = create<ModelChoice>()(() => ({ onChosen: null, used: undefined }));

/**
 * Asks for the model of one request. The model of the chat and the current view do not change.
 *
 * @param used the model to replace; undefined: the model of the chat.
 * @param onChosen called once with the chosen model.
 */
export function askForModel(used: ChosenModel | undefined, onChosen: (model: ChosenModel) => void): void {
  useModelChoice.setState({ onChosen, used });
}
