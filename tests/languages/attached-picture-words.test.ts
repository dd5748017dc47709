// The word under an attached picture has the width of the picture: longer ones would be cut off.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languages } from '../../shared/languages/languages';
import { loadLanguage } from '../../shared/languages/load-language';
import { t } from '../../shared/languages/translate';

/** Number of 12 px letters in 80 px. */
const maxLetters = 13;

/** Counts the characters of Chinese and Japanese twice: they are about as wide as two letters. */
function lettersOf(text: string): number {
  return [...text].length + [...text.matchAll(/[\u3000-\u9fff\uff00-\uffef]/gu)].length;
}

describe.each(languages.map(({ code }) => code))('the word under an attached picture in %s', (code) => {
  beforeAll(() => loadLanguage(code));
  afterAll(() => loadLanguage('en'));

  test.each([
    'composer.to_edit',
    'composer.reference',
    'composer.picture_left_out',
    'composer.not_found',
    'composer.adding',
  ] as const)('%s fits', (id) => {
    expect(lettersOf(t(id, { number: 16 }))).toBeLessThanOrEqual(maxLetters);
  });
});
