// Finds the words of a prompt that the offline painter does not draw, so that the picture can say so.
import { maxNotDrawnWords } from '../../../shared/domain/picture-notes';
import { coloursIn } from '../../../shared/painter/colours';
import { namesIn } from '../../../shared/painter/names';
import {
  type Mention,
  mentionsIn,
  type PromptWord,
  readWords,
  type UnknownWord,
} from '../../../shared/painter/read-words';
import { maxReadLength, maxSubjects } from '../../../shared/painter/scene';
import { partTerms } from '../../../shared/painter/vocabulary';

/** In UTF-16 units. */
const maxWordLength = 40;

/** For each word of a part, the subjects that include it when they are drawn. */
const wholesOfParts = new Map(
  Object.entries(partTerms).flatMap(([terms, wholes]) =>
    terms.split(', ').map((term): [string, readonly string[]] => [term, wholes]),
  ),
);

/**
 * Returns the words of a prompt that the offline painter does not draw, in the prompt's order and spelling, each once:
 * names that it does not know, with their colours, and known words that its scene has no place for. Of many words it
 * returns one more than is shown.
 *
 * @param prompt of any language and length.
 */
export function findNotDrawn(prompt: string): string[] {
  const words = readWords(prompt.slice(0, maxReadLength));
  const mentions = mentionsIn(words);
  const missing: UnknownWord[] = [...missingNames(words, mentions), ...withoutPlace(mentions)];
  const texts = missing.toSorted((one, other) => one.position - other.position).map(({ text }) => text);
  const found = new Map<string, string>();
  for (const text of texts) {
    const key = text.toLowerCase();
    if (!found.has(key)) found.set(key, cut(text));
  }
  // The extra word shows that there are more.
  return [...found.values()].slice(0, maxNotDrawnWords + 1);
}

function missingNames(words: readonly PromptWord[], mentions: readonly Mention[]): UnknownWord[] {
  const drawn = new Set<unknown>(mentions.map(({ meaning }) => meaning.value));
  const names = namesIn(words);
  const colours = new Map(coloursIn(words, names).map(({ owner, word }) => [owner?.position, word]));
  return names
    .filter(({ text }) => !wholesOfParts.get(text.toLowerCase())?.some((whole) => drawn.has(whole)))
    .map((name) => {
      const colour = colours.get(name.position);
      // Only for neighbours, because words between others would be missing.
      if (colour === undefined || Math.abs(colour.position - name.position) > 1) return name;
      const parts = colour.position < name.position ? [colour.text, name.text] : [name.text, colour.text];
      return { ...name, text: parts.join(/\p{ASCII}|\p{Script=Cyrillic}/u.test(name.text) ? ' ' : '') };
    });
}

/** A scene has one time, weather, season and kind of flower, and three kinds of animals; space and the sea have no ground. */
function withoutPlace(mentions: readonly Mention[]): UnknownWord[] {
  const first = new Map<string, string>();
  const animals = new Set<string>();
  const hasNoGround = mentions.some(
    ({ meaning }) =>
      meaning.kind === 'place' && (meaning.value === 'space' || meaning.value === 'underwater'),
  );
  return mentions.filter(({ meaning }) => {
    switch (meaning.kind) {
      case 'time':
      case 'weather':
      case 'season':
      case 'flower': {
        const value = first.get(meaning.kind) ?? meaning.value;
        first.set(meaning.kind, value);
        return value !== meaning.value || (meaning.kind === 'flower' && hasNoGround);
      }
      case 'animal':
        if (animals.size < maxSubjects) animals.add(meaning.value);
        return !animals.has(meaning.value);
      case 'thing':
        return hasNoGround;
      case 'place':
        return hasNoGround && meaning.value !== 'space' && meaning.value !== 'underwater';
      default:
        return false;
    }
  });
}

function cut(text: string): string {
  return text.length > maxWordLength ? `${text.slice(0, maxWordLength).toWellFormed()}…` : text;
}
