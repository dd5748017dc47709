// Applies changed settings to the parts of the app that depend on them.
import type { Settings } from '../../../shared/domain/settings';

export type SettingsEffect = {
  dependsOn: readonly (keyof Settings)[];
  apply: (settings: Settings) => void;
};

/** Returns a function that runs the effects of changed settings, in order. */
export function createSettingsEffects(effects: readonly SettingsEffect[]) {
  return (settings: Settings, before: Settings): void => {
    const hasChanged = (key: keyof Settings) => JSON.stringify(settings[key]) !== JSON.stringify(before[key]);
    for (const { dependsOn, apply } of effects) if (dependsOn.some(hasChanged)) apply(settings);
  };
}
