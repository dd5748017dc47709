// The words of the built-in catalogue of engines and models, as the interface shows them.
import { expect, test } from 'vitest';
import builtIn from '../../electron/main/engine/built-in-catalogue.json';
import { goodAtText, itemLabel } from '../../renderer/state/engine/catalogue-text';
import { setLanguage } from '../../shared/languages/translate';

const pseudo = {
  'engine.good_at_z_image_turbo': 'Gut',
  'engine.good_at_flux2_klein': 'Schnell',
  'engine.good_at_dreamshaper_8': 'Klein',
  'engine.build': '{system}: {backend, select, processor {Prozessor} other {{backend}}}',
};

test('shows the words of each model and engine of the built-in catalogue in the language of the interface', () => {
  setLanguage('de', pseudo);
  try {
    expect(builtIn.models.map(({ id, goodAt }) => goodAtText({ model: id, goodAt }))).toEqual([
      'Gut',
      'Schnell',
      'Klein',
    ]);
    const labels = builtIn.engines.map(({ label }) => itemLabel({ kind: 'engine', label }));
    expect(labels).toContain('Linux: Prozessor');
    expect(labels).toContain('macOS: Metal');
    expect(labels.join()).not.toContain(' for ');
  } finally {
    setLanguage('en', {});
  }
});

test('leaves the words of another catalogue and the names of models as they are', () => {
  setLanguage('de', pseudo);
  try {
    const [first] = builtIn.models;
    expect(goodAtText({ model: first?.id ?? '', goodAt: 'Other words.' })).toBe('Other words.');
    expect(goodAtText({ model: 'theirs', goodAt: 'Everything.' })).toBe('Everything.');
    expect(itemLabel({ kind: 'engine', label: 'my engine' })).toBe('my engine');
    const label = 'stable-diffusion.cpp for Linux (processor)';
    expect(itemLabel({ kind: 'model', label })).toBe(label);
  } finally {
    setLanguage('en', {});
  }
});

test('shows the built-in words unchanged in English', () => {
  for (const { id, goodAt } of builtIn.models) expect(goodAtText({ model: id, goodAt })).toBe(goodAt);
  for (const { label } of builtIn.engines) expect(itemLabel({ kind: 'engine', label })).toBe(label);
});
