// The view state. The main process stores it for the next start.
import { create } from 'zustand';
import type { AppStart } from '../../shared/contract/app';
import { defaultViewState, type ViewState } from '../../shared/domain/view-state';
import { request } from '../ipc';
import { toast } from '../ui/toasts';

type ViewStateStore = {
  viewState: ViewState;
  start: (start: AppStart) => void;
  change: (changes: Partial<ViewState>) => Promise<void>;
  toggleSidebar: () => Promise<void>;
};

export const useViewState = create<ViewStateStore>()((set, get) => ({
  viewState: defaultViewState,

  start({ viewState }) {
    set({ viewState });
  },

  async change(changes) {
    const before = get().viewState;
    // Applied at once, and undone if it could not be saved.
    set({ viewState: { ...before, ...changes } });
    const reply = await request('view-state:set', changes);
    if (reply.ok) return;
    set({ viewState: before });
    toast(reply.message, { tone: 'problem' });
  },

  toggleSidebar() {
    return get().change({ sidebar: get().viewState.sidebar === 'open' ? 'closed' : 'open' });
  },
}));
