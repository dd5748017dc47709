// The settings, and the provider in use.
import { create } from 'zustand';
import type { AppStart } from '../../../shared/contract/app';
import type { NumberedProvider } from '../../../shared/contract/services';
import { defaultSettings, type Settings } from '../../../shared/domain/settings';
import type { LanguageCode } from '../../../shared/languages/languages';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';

type SettingsState = {
  settings: Settings;
  /** The language of the interface if the setting is `system`. */
  systemLanguage: LanguageCode;
  /** The provider that the next picture goes to. */
  provider: NumberedProvider;
  start: (start: AppStart) => void;
  /** Applies changes from another window. */
  receive: (settings: Settings) => void;
  /** Keeps the provider with the higher revision. */
  receiveProvider: (provider: NumberedProvider) => void;
  /** @returns whether the change was saved. */
  change: (changes: Partial<Settings>) => Promise<boolean>;
};

export const useSettings = create<SettingsState>()((set, get) => ({
  settings: defaultSettings,
  systemLanguage: 'en',
  provider: { id: 'painter', reason: 'no-key', pictureModel: 'painter-1', textModel: null, revision: 0 },

  start({ settings, systemLanguage, provider }) {
    set({ settings, systemLanguage, provider });
  },

  receive(settings) {
    set({ settings });
  },

  receiveProvider(provider) {
    if (provider.revision > get().provider.revision) set({ provider });
  },

  async change(changes) {
    const before = get().settings;
    // Applied at once, and reverted if it could not be saved.
    set({ settings: { ...before, ...changes } });
    const reply = await request('settings:set', changes);
    if (reply.ok) {
      set({ settings: reply.value.settings });
      get().receiveProvider(reply.value.provider);
      return true;
    }
    set({ settings: before });
    toast(reply.message, { tone: 'problem' });
    return false;
  },
}));
