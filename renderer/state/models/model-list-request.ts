// Opens the composer's list of models from elsewhere, such as by a command.
import { create } from 'zustand';
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { showView } from '../navigation';

type ModelListRequest = {
  /** A new number for each request. */
  count: number;
  /** Takes the model that is chosen from the list, once; null: it becomes the model of the chat. */
  onChosen: ((model: ChosenModel) => void) | null;
};

export const useModelListRequest = create<ModelListRequest>()(() => ({ count: 0, onChosen: null }));

/** The chosen model becomes that of the chat. */
export function openModelList(): void {
  open(null);
}

/** @param onChosen takes the chosen model. The one of the chat stays. */
export function openModelListFor(onChosen: (model: ChosenModel) => void): void {
  open(onChosen);
}

function open(onChosen: ModelListRequest['onChosen']): void {
  showView('chat');
  useModelListRequest.setState(({ count }) => ({ count: count + 1, onChosen }));
}

/** Returns what takes the chosen model, and forgets it: the next opening of the list is another one. */
export function takeModelRequest(): ModelListRequest['onChosen'] {
  const { onChosen } = useModelListRequest.getState();
  useModelListRequest.setState({ onChosen: null });
  return onChosen;
}
