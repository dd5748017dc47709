// Applies a change of settings to what depends on it, and to nothing else.
import type { Settings } from '../../../shared/domain/settings';

export type SettingsEffect = {
  dependsOn: readonly (keyof Settings)[];
  apply: (settings: Settings) => void;
};

/** @returns a function that runs, in order, the effects of the settings that have changed. */
export function createSettingsEffects(effects: readonly SettingsEffect[]) {
  return (settings: Settings, before: Settings): void => {
    const hasChanged = (key: keyof Settings) => JSON.stringify(settings[key]) !== JSON.stringify(before[key]);
    for (const { dependsOn, apply } of effects) if (dependsOn.some(hasChanged)) apply(settings);
  };
}
