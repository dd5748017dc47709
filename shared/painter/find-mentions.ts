// Finds the words and phrases of a prompt that the painter knows.
import type {
  Animal,
  Flower,
  Mood,
  Place,
  Season,
  SkyBody,
  Style,
  Thing,
  TimeOfDay,
  Tint,
  Weather,
} from './scene';
import {
  animalTerms,
  countTerms,
  flowerTerms,
  moodTerms,
  placeTerms,
  seasonTerms,
  skyTerms,
  styleTerms,
  thingTerms,
  timeTerms,
  tintTerms,
  weatherTerms,
} from './vocabulary';

/** What one word or phrase of a prompt stands for. */
export type Meaning =
  | { kind: 'time'; value: TimeOfDay }
  | { kind: 'weather'; value: Weather }
  | { kind: 'season'; value: Season }
  | { kind: 'sky'; value: SkyBody }
  | { kind: 'place'; value: Place }
  | { kind: 'animal'; value: Animal }
  | { kind: 'thing'; value: Thing }
  | { kind: 'flower'; value: Flower }
  | { kind: 'style'; value: Style }
  | { kind: 'mood'; value: Mood }
  | { kind: 'tint'; value: Tint }
  | { kind: 'count'; value: number };

/** One meaning found in a prompt. `position` is the index of its first word; `text` is as the prompt spells it. */
export type Mention = { meaning: Meaning; position: number; text: string };

/** A word that the painter does not know. */
export type UnknownWord = Pick<Mention, 'position' | 'text'>;

const maxPhraseWords = 4;
const scriptWithoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u;
const wordTerms = new Map<string, Meaning[]>();
const substringTerms = new Map<string, Meaning[]>();

indexTerms(timeTerms, (value) => ({ kind: 'time', value }));
indexTerms(weatherTerms, (value) => ({ kind: 'weather', value }));
indexTerms(seasonTerms, (value) => ({ kind: 'season', value }));
indexTerms(skyTerms, (value) => ({ kind: 'sky', value }));
indexTerms(placeTerms, (value) => ({ kind: 'place', value }));
indexTerms(animalTerms, (value) => ({ kind: 'animal', value }));
indexTerms(thingTerms, (value) => ({ kind: 'thing', value }));
indexTerms(flowerTerms, (value) => ({ kind: 'flower', value }));
indexTerms(styleTerms, (value) => ({ kind: 'style', value }));
indexTerms(moodTerms, (value) => ({ kind: 'mood', value }));
indexTerms(tintTerms, (value) => ({ kind: 'tint', value }));
indexTerms(countTerms, (value) => ({ kind: 'count', value: Number(value) }));

const substringPattern = new RegExp(
  [...substringTerms.keys()].sort((first, second) => second.length - first.length).join('|'),
  'gu',
);

/** Finds every known word and phrase of a prompt, in order. At each position the longest phrase wins. */
export function findMentions(prompt: string): Mention[] {
  return readWords(prompt).mentions;
}

/** Returns all words of a prompt, in order: what the painter knows, and what it does not. */
export function readWords(prompt: string): { mentions: Mention[]; unknown: UnknownWord[] } {
  const tokens = tokenise(prompt);
  const keys = tokens.map((token) => token.toLowerCase());
  const mentions: Mention[] = [];
  const unknown: UnknownWord[] = [];
  for (let position = 0; position < tokens.length; ) {
    const { meanings, length } = matchLongestPhrase(keys, position);
    const text = tokens.slice(position, position + length).join(' ');
    for (const meaning of meanings) mentions.push({ meaning, position, text });
    if (meanings.length === 0) unknown.push({ position, text });
    position += length;
  }
  return { mentions, unknown };
}

// Splits a prompt into words. Known terms of scripts without spaces become words of their own.
function tokenise(prompt: string): string[] {
  const plain = prompt.normalize('NFKC').replace(/\ufe0f/gu, '');
  const separated = plain.replace(substringPattern, (term) => ` ${term} `);
  return separated.match(/[\p{L}\p{N}\p{M}\p{Extended_Pictographic}\u200d]+/gu) ?? [];
}

function indexTerms<Value extends string>(
  table: Record<Value, string>,
  toMeaning: (value: Value) => Meaning,
): void {
  const values: Value[] = [];
  for (const value in table) values.push(value);
  for (const value of values) {
    for (const term of table[value].split(', ')) {
      const index = scriptWithoutSpaces.test(term) ? substringTerms : wordTerms;
      const key = term.normalize('NFKC');
      index.set(key, [...(index.get(key) ?? []), toMeaning(value)]);
    }
  }
}

function matchLongestPhrase(
  tokens: readonly string[],
  position: number,
): { meanings: Meaning[]; length: number } {
  for (let length = Math.min(maxPhraseWords, tokens.length - position); length >= 1; length -= 1) {
    const phrase = tokens.slice(position, position + length).join(' ');
    const meanings = wordTerms.get(phrase) ?? substringTerms.get(phrase) ?? wordTerms.get(toSingular(phrase));
    if (meanings) return { meanings, length };
  }
  return { meanings: [], length: 1 };
}

function toSingular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:s|x|sh|ch)es$/u.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}
