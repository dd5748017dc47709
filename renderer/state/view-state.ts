// The view state. The main process stores it for the next start.
import { create } from 'zustand';
import type { AppStart } from '../../shared/contract/app';
import { defaultViewState, type ViewState } from '../../shared/domain/view-state';
import { request } from '../ipc';
import { isNarrow, onNarrow } from '../ui/narrow';
import { toast } from '../ui/toasts';

/** The list of a sidebar that is open over the view: the view's own list, or the chats. */
export type SidebarOver = 'own' | 'chats';

type ViewStateStore = {
  viewState: ViewState;
  start: (start: AppStart) => void;
  change: (changes: Partial<ViewState>) => Promise<void>;
  /** In a narrow window, or beside its rail, the sidebar opens over the view for one choice. This is not stored. */
  sidebarOver: SidebarOver | null;
  /** Opens or closes the sidebar: beside the view, or over it in a narrow window. */
  toggleSidebar: () => Promise<void>;
  /** Opens the list of chats over the view. */
  showChatsOver: () => void;
  closeSidebarOver: () => void;
};

export const useViewState = create<ViewStateStore>()((set, get) => ({
  viewState: defaultViewState,
  sidebarOver: null,

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
    const { sidebarOver, viewState, change } = get();
    if (sidebarOver !== null) return set({ sidebarOver: null });
    if (isNarrow()) return set({ sidebarOver: 'own' });
    return change({ sidebar: viewState.sidebar === 'open' ? 'closed' : 'open' });
  },

  showChatsOver() {
    set({ sidebarOver: 'chats' });
  },

  closeSidebarOver() {
    set({ sidebarOver: null });
  },
}));

onNarrow(() => useViewState.getState().closeSidebarOver());
