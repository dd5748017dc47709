import { expect, test } from 'vitest';
import { chooseDictionaries } from './spelling-dictionaries';

const available = ['da', 'de', 'en-AU', 'en-GB', 'en-US', 'es-MX', 'fr', 'pt-BR', 'pt-PT'];

test.each([
  [['en-GB'], ['en-GB']],
  [
    ['de-CH', 'fr-CH', 'en-US'],
    ['de', 'fr', 'en-US'],
  ],
  [['en-NZ'], ['en-AU']],
  [['de-DE', 'de-AT', 'de'], ['de']],
  [
    ['da', 'de', 'fr', 'pt-BR'],
    ['da', 'de', 'fr'],
  ],
  [['tlh'], ['en-US']],
  [[], ['en-US']],
])('chooses for the languages %j the dictionaries %j', (preferred, wanted) => {
  expect(chooseDictionaries(preferred, available)).toEqual(wanted);
});

test('chooses nothing if no dictionary is available', () => {
  expect(chooseDictionaries(['de'], [])).toEqual([]);
});
