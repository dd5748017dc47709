// The search in the settings, in the language of the interface and in English, whose terms many users know.
import { foldText } from '../../../shared/domain/fold-text';
import { inEnglish, t } from '../../../shared/languages/translate';
import { labelOfSection, settingsEntries } from './settings-sections';

/** Returns the settings that have, for each word of the text, a word that begins with it. */
export function searchSettings(text: string): readonly (typeof settingsEntries)[number][] {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  return settingsEntries.filter(({ label, also, section }) => {
    const ids = [label, also, labelOfSection(section)].filter((id) => id !== null);
    const own = wordsOf(ids.flatMap((id) => [t(id), inEnglish(id)]).join(' '));
    return words.every((word) => own.some((each) => isIn(word, each)));
  });
}

/** Chinese and Japanese have no spaces between words, so a word may begin anywhere. */
const withoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

function isIn(word: string, own: string): boolean {
  return withoutSpaces.test(word) ? own.includes(word) : own.startsWith(word);
}

/** Returns the words of a text without accents, as users type them. */
function wordsOf(text: string): string[] {
  return foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}
