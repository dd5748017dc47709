// Opens the composer's list of models from elsewhere, such as by a command; or asks for a model for one request.
import { create } from 'zustand';
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { showView } from '../navigation';

/** `count`: a new number for each request. */
export const useModelListRequest = create<{ count: number }>()(() => ({ count: 0 }));

/** The chosen model becomes that of the chat. */
export function openModelList(): void {
  showView('chat');
  useModelListRequest.setState(({ count }) => ({ count: count + 1 }));
}

type ModelChoice = {
  /** Takes the model that is chosen for one request; null: none is asked for. */
  onChosen: ((model: ChosenModel) => void) | null;
  /** The model that another one is wanted for. */
  used: ChosenModel | undefined;
};

export const useModelChoice = create<ModelChoice>()(() => ({ onChosen: null, used: undefined }));

/**
 * @param used the model that another one is wanted for; absent: the one of the chat.
 * @param onChosen takes the chosen model, once. The one of the chat stays, and so does what is on screen until then.
 */
export function askForModel(used: ChosenModel | undefined, onChosen: (model: ChosenModel) => void): void {
  useModelChoice.setState({ onChosen, used });
}
