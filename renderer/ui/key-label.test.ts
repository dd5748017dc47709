import { expect, test } from 'vitest';
import { knownServices } from '../../shared/domain/known-services';
import { keyLabel } from './key-label';

test('names the service whose key it is', () => {
  expect(keyLabel('Google')).toBe('Google API key');
  expect(keyLabel('Mine')).toBe('Mine API key');
});

test.each(['Another OpenAI-compatible service', 'Another OpenAI-compatible service 2'])(
  'does not repeat %j, which is not a name',
  (name) => {
    expect(keyLabel(name)).toBe('API key');
  },
);

test('has no label of more than forty characters for any known service', () => {
  expect(knownServices.map(({ name }) => keyLabel(name)).filter((label) => label.length > 40)).toEqual([]);
});
