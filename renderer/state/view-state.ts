// The view state. The main process stores it for the next start.
import { create } from 'zustand';
import type { AppStart } from '../../shared/contract/app';
import { defaultViewState, type ViewState } from '../../shared/domain/view-state';
import { request } from '../ipc';
import { isNarrow, onNarrow } from '../ui/narrow';
import { toast } from '../ui/toasts';

type ViewStateStore = {
  viewState: ViewState;
  start: (start: AppStart) => void;
  change: (changes: Partial<ViewState>) => Promise<void>;
  /** In a narrow window the sidebar opens over the view, for one choice; this is not kept. */
  isSidebarOver: boolean;
  /** Opens or closes the sidebar: beside the view, or over it in a narrow window. */
  toggleSidebar: () => Promise<void>;
  /** Opens the sidebar, unless it is open. */
  showSidebar: () => void;
  closeSidebarOver: () => void;
};

export const useViewState = create<ViewStateStore>()((set, get) => ({
  viewState: defaultViewState,
  isSidebarOver: false,

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

  async toggleSidebar() {
    if (isNarrow()) return set(({ isSidebarOver }) => ({ isSidebarOver: !isSidebarOver }));
    return get().change({ sidebar: get().viewState.sidebar === 'open' ? 'closed' : 'open' });
  },

  showSidebar() {
    const { viewState, isSidebarOver, toggleSidebar } = get();
    const isOpen = isNarrow() ? isSidebarOver : viewState.sidebar === 'open';
    if (!isOpen) void toggleSidebar();
  },

  closeSidebarOver() {
    set({ isSidebarOver: false });
  },
}));

onNarrow(() => useViewState.getState().closeSidebarOver());
