import { afterEach, expect, test } from 'vitest';
import { en } from './en';
import { loadLanguage } from './load-language';
import { setLanguage, t } from './translate';

afterEach(() => setLanguage('en', en));

test.each([
  ['soon', 1, 'a la 01:05'],
  ['today', 1, 'a la 01:05'],
  ['tomorrow', 1, 'mañana a la 01:05'],
  ['later', 1, 'a la 01:05'],
  ['today', 0, 'a las 00:05'],
  ['today', 2, 'a las 02:05'],
  ['tomorrow', 11, 'mañana a las 11:05'],
  ['today', 13, 'a las 13:05'],
])('names a time %s at %i:05 as %j', async (day, hour, text) => {
  await loadLanguage('es');
  const at = new Date(2026, 10, 30, hour, 5).getTime();
  expect(t('services.limit_try_again', { rule: 'Límite.', at, day })).toContain(text);
});
