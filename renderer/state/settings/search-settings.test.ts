// Tests the search in the settings.
import { afterEach, describe, expect, test } from 'vitest';
import { setLanguage } from '../../../shared/languages/translate';
import { searchSettings } from './search-settings';

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

describe('in another language', () => {
  afterEach(() => setLanguage('en', {}));

  test.each(['theme', 'THÈME', 'apparence', 'sombre', 'dark'])(
    'finds %j with or without accents, also in English',
    (text) => {
      setLanguage('fr', {
        'settings.theme': 'Thème',
        'settings.section_appearance': 'Apparence',
        'settings.find_theme_also': 'sombre clair couleurs',
      });
      expect(idsOf(text)).toContain('theme');
    },
  );

  test.each(['主题', '外观', '题', '显示主题'])('finds %j in scripts without spaces', (text) => {
    setLanguage('zh', { 'settings.theme': '显示主题与颜色', 'settings.section_appearance': '外观' });
    expect(idsOf(text)).toContain('theme');
    expect(idsOf(`${text}光`)).toEqual([]);
  });
});
