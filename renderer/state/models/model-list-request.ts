// Opens the composer's list of models from elsewhere, such as by a command.
import { create } from 'zustand';
import { showView } from '../navigation';

/** A new number for each request. */
export const useModelListRequest = create<{ count: number }>()(() => ({ count: 0 }));

export function openModelList(): void {
  showView('chat');
  useModelListRequest.setState(({ count }) => ({ count: count + 1 }));
}
