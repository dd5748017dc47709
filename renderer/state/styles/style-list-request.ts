// A request to open the composer's list of styles, such as by a command.
import { create } from 'zustand';
import { showView } from '../navigation';

/** A new number for each request. */
export const useStyleListRequest = create<{ count: number }>()(() => ({ count: 0 }));

export function openStyleList(): void {
  showView('chat');
  useStyleListRequest.setState(({ count }) => ({ count: count + 1 }));
}
