// The state of updates.
import { create } from 'zustand';
import type { Updates } from '../../../shared/contract/updates';
import { request } from '../../ipc';
import { openSettings } from '../settings/open-settings';

type UpdatesState = {
  /** Null until it is loaded. */
  updates: Updates | null;
  /** The version whose banner the user closed in this run. */
  putAway: string | null;
  receive: (updates: Updates) => void;
  /** A failure arrives through `receive`, with its reason. */
  ask: (name: 'updates:read' | 'updates:check' | 'updates:download' | 'updates:install') => Promise<void>;
  /** Opens the release notes in Settings. */
  askForNotes: () => void;
  putAwayVersion: (version: string) => void;
};

export const useUpdates = create<UpdatesState>()((set) => ({
  updates: null,
  putAway: null,

  receive(updates) {
    set({ updates });
  },

  async ask(name) {
    const reply = await request(name, {});
    if (reply.ok) set({ updates: reply.value });
  },

  askForNotes() {
    openSettings('about', 'version');
  },

  putAwayVersion(version) {
    set({ putAway: version });
  },
}));
