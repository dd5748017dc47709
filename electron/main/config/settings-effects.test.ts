import { expect, test, vi } from 'vitest';
import { defaultSettings } from '../../../shared/domain/settings';
import { createSettingsEffects } from './settings-effects';

test('applies only the effects of settings that have changed, in order', () => {
  const applied: string[] = [];
  const apply = createSettingsEffects([
    { dependsOn: ['theme'], apply: () => applied.push('theme') },
    { dependsOn: ['checkSpelling'], apply: () => applied.push('spelling') },
    { dependsOn: ['provider', 'diffusion'], apply: () => applied.push('proxy') },
  ]);
  const moved = { ...defaultSettings, diffusion: { steps: 20 } };
  apply(moved, defaultSettings);
  expect(applied).toEqual(['proxy']);
  apply({ ...moved, theme: 'dark', provider: 'google' }, moved);
  expect(applied).toEqual(['proxy', 'theme', 'proxy']);
});

test('applies nothing when values are equal but not identical', () => {
  const apply = vi.fn();
  const run = createSettingsEffects([{ dependsOn: ['diffusion', 'provider'], apply }]);
  run({ ...defaultSettings, diffusion: {} }, defaultSettings);
  expect(apply).not.toHaveBeenCalled();
});
