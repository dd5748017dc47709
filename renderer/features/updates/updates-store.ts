// Newer versions, as the screen knows them.
import { create } from 'zustand';
import type { Updates } from '../../../shared/contract/updates';
import { request } from '../../ipc';
import { showView } from '../../state/navigation';

type UpdatesState = {
  /** Null until the main process has said. */
  updates: Updates | null;
  /** The version that the user wants to hear no more of in this run. */
  putAway: string | null;
  /** The user asked what is new, and has not been taken there yet. */
  wantsNotes: boolean;
  receive: (updates: Updates) => void;
  /** A failure comes back by `receive`, with its reason. */
  ask: (name: 'updates:read' | 'updates:check' | 'updates:download' | 'updates:install') => Promise<void>;
  /** Opens Settings at what is new. */
  askForNotes: () => void;
  notesShown: () => void;
  putAwayVersion: (version: string) => void;
};

export const useUpdates = create<UpdatesState>()((set) => ({
  updates: null,
  putAway: null,
  wantsNotes: false,

  receive(updates) {
    set({ updates });
  },

  async ask(name) {
    const reply = await request(name, {});
    if (reply.ok) set({ updates: reply.value });
  },

  askForNotes() {
    set({ wantsNotes: true });
    showView('settings');
  },

  notesShown() {
    set({ wantsNotes: false });
  },

  putAwayVersion(version) {
    set({ putAway: version });
  },
}));
