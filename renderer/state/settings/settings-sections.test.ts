// The search in the settings.
import { expect, test } from 'vitest';
import { searchSettings } from './settings-sections';

const idsOf = (text: string) => searchSettings(text).map(({ id }) => id);

test.each([
  ['Dark', 'theme'],
  ['trash', 'trashDays'],
  ['API key', 'services'],
  ['budget', 'limits'],
  ['storage orig', 'keepOriginals'],
  ['LIMITS & costs', 'limits'],
  ['licen', 'version'],
])('finds %j', (text, id) => {
  expect(idsOf(text)).toContain(id);
});

test.each(['', '  ', '&', 'ark', 'dark budget', '光'])('finds nothing for %j', (text) => {
  expect(idsOf(text)).toEqual([]);
});
