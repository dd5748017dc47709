// Applies settings to the parts of the app that depend on them: all of them at start, then only changed ones.
import { session } from 'electron';
import type { Settings } from '../../../shared/domain/settings';
import { createSettingsEffects } from '../config/settings-effects';
import { applySpelling } from '../desktop/apply-spelling';
import type { InterfaceLanguage } from '../desktop/interface-language';
import { applyTheme } from '../window/apply-theme';

/** Applies the settings that the first window depends on. */
export function applyInitialSettings(settings: Settings): void {
  applyTheme(settings.theme);
  applySpelling(session.defaultSession, settings);
}

export type SettingsDependents = {
  generator: { configure: () => void };
  language: Pick<InterfaceLanguage, 'apply'>;
};

/** Returns a function that applies a change of settings. */
export function createApplySettings({ generator, language }: SettingsDependents) {
  return createSettingsEffects([
    { dependsOn: ['theme'], apply: ({ theme }) => applyTheme(theme) },
    {
      dependsOn: ['language'],
      apply: (settings) => void language.apply(settings.language).catch(console.error),
    },
    { dependsOn: ['checkSpelling'], apply: (settings) => applySpelling(session.defaultSession, settings) },
    {
      dependsOn: ['allowPrivateAddresses', 'displayQuality', 'keepOriginals'],
      apply: generator.configure,
    },
  ]);
}
