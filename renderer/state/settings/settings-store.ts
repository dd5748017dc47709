// The settings, and the provider in use.
import { create } from 'zustand';
import type { AppStart } from '../../../shared/contract/app';
import type { ActiveProvider } from '../../../shared/contract/services';
import { defaultSettings, type Settings } from '../../../shared/domain/settings';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';

type SettingsState = {
  settings: Settings;
  /** The provider that the next picture goes to. */
  provider: ActiveProvider;
  start: (start: AppStart) => void;
  receiveProvider: (provider: ActiveProvider) => void;
  /** @returns whether the change was saved. */
  change: (changes: Partial<Settings>) => Promise<boolean>;
};

export const useSettings = create<SettingsState>()((set, get) => ({
  settings: defaultSettings,
  provider: { id: 'painter', reason: 'no-key', pictureModel: 'painter-1', textModel: null },

  start({ settings, provider }) {
    set({ settings, provider });
  },

  receiveProvider(provider) {
    set({ provider });
  },

  async change(changes) {
    const before = get().settings;
    // Applied at once, and undone if it could not be saved.
    set({ settings: { ...before, ...changes } });
    const reply = await request('settings:set', changes);
    if (reply.ok) {
      set(reply.value);
      return true;
    }
    set({ settings: before });
    toast(reply.message, { tone: 'problem' });
    return false;
  },
}));
