// Splits a prompt into words and phrases, and looks up their meanings for the painter.
import type {
  Animal,
  Backdrop,
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
  backdropTerms,
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
import { wordSet } from './word-set';

/** The meaning of a word or phrase of a prompt. */
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
  /** A part of every landscape. Naming it asks for a landscape and nothing else. */
  | { kind: 'backdrop'; value: Backdrop }
  | { kind: 'count'; value: number };

/** One meaning found in a prompt. `position` is the index of its first word; `text` is as the prompt spells it. */
export type Mention = { meaning: Meaning; position: number; text: string };

/** A word that the painter does not know. */
export type UnknownWord = Pick<Mention, 'position' | 'text'>;

/** A word or phrase of a prompt. Without a meaning it is unknown. `afterPause`: a comma or the like stands before it. */
export type PromptWord = UnknownWord & { meanings: readonly Meaning[]; afterPause: boolean };

const maxPhraseWords = 4;
const scriptWithoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u;
/** A syllable of Korean, such as “새” for a bird, is in so many other words that it is a term only as a word of its own. */
const koreanSyllable = /^\p{Script=Hangul}$/u;
/** A Korean word with its endings for number, place and case. */
const koreanWord =
  /^(?<stem>\p{Script=Hangul})들?(?:속|위|옆|앞|뒤|아래)?(?:은|는|이|가|을|를|의|에|에서|에게|와|과|랑|이랑|도|으로)?$/u;
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
indexTerms(backdropTerms, (value) => ({ kind: 'backdrop', value }));
indexTerms(countTerms, (value) => ({ kind: 'count', value: Number(value) }));

const substringPattern = new RegExp(
  [...substringTerms.keys()].sort((first, second) => second.length - first.length).join('|'),
  'gu',
);

/**
 * Returns all words and phrases of a prompt, in order, without those that it excludes, such as “without boats”. At each
 * position the longest known phrase wins.
 */
export function readWords(prompt: string): PromptWord[] {
  const tokens = tokenise(prompt);
  const keys = tokens.map(({ text }) => text.toLowerCase());
  const words: PromptWord[] = [];
  for (let position = 0; position < tokens.length; ) {
    const { meanings, length } = matchLongestPhrase(keys, position);
    const parts = tokens.slice(position, position + length);
    const text = parts.map((part) => part.text).join(' ');
    words.push({ position, text, meanings, afterPause: parts[0]?.afterPause ?? false });
    position += length;
  }
  return withoutExcluded(words);
}

/** Returns the known ones of a prompt's words, with one mention for each meaning. */
export function mentionsIn(words: readonly PromptWord[]): Mention[] {
  return words.flatMap(({ meanings, position, text }) =>
    meanings.map((meaning) => ({ meaning, position, text })),
  );
}

type Token = Pick<PromptWord, 'text' | 'afterPause'>;

// Splits a prompt into words. Known terms of scripts without spaces become words of their own.
function tokenise(prompt: string): Token[] {
  const plain = prompt.normalize('NFKC').replace(/\ufe0f/gu, '');
  const separated = plain.replace(substringPattern, (term) => ` ${term} `);
  let end = 0;
  return [...separated.matchAll(/[\p{L}\p{N}\p{M}\p{Extended_Pictographic}\u200d]+/gu)].map(
    ({ 0: text, index }) => {
      const between = separated.slice(end, index);
      end = index + text.length;
      return { text, afterPause: /[,;:.!?()\n、。،؛—–|]/u.test(between) };
    },
  );
}

function indexTerms<Value extends string>(
  table: Record<Value, string>,
  toMeaning: (value: Value) => Meaning,
): void {
  const values: Value[] = [];
  for (const value in table) values.push(value);
  for (const value of values) {
    for (const term of table[value].split(', ')) {
      const isInWords = scriptWithoutSpaces.test(term) && !koreanSyllable.test(term);
      const index = isInWords ? substringTerms : wordTerms;
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
    const meanings = wordTerms.get(phrase) ?? substringTerms.get(phrase) ?? meaningsOfForms(phrase);
    if (meanings) return { meanings, length };
  }
  return { meanings: [], length: 1 };
}

/**
 * Returns what a word means in its basic form: a plural, a Korean word with its endings, or a colour word with the ending of a
 * case or a gender.
 */
function meaningsOfForms(word: string): Meaning[] | undefined {
  const korean = koreanWord.exec(word)?.groups?.['stem'];
  if (korean !== undefined) return wordTerms.get(korean);
  for (const singular of singularsOf(word)) {
    const meanings = wordTerms.get(singular);
    if (meanings) return meanings;
  }
  const stem = /^(?<stem>\p{L}{4,}?)(?:e|er|es|en|em)$/u.exec(word)?.groups?.['stem'];
  const meanings = stem === undefined ? undefined : wordTerms.get(stem);
  return meanings?.every(({ kind }) => kind === 'tint') ? meanings : undefined;
}

/** Returns the possible singular forms of a word, the likeliest first. */
function singularsOf(word: string): string[] {
  if (word.length < 4 || !word.endsWith('s')) return [];
  const singulars = [word.slice(0, -1)];
  if (word.endsWith('es')) singulars.push(word.slice(0, -2));
  if (word.endsWith('ies')) singulars.push(`${word.slice(0, -3)}y`);
  if (word.endsWith('ves')) singulars.push(`${word.slice(0, -3)}f`, `${word.slice(0, -3)}fe`);
  return singulars;
}

const exclusions = wordSet('without ohne kein keine keinen keinem keiner sans sin senza sem без 没有 沒有');
/** In Portuguese, “no” means “in the”, so it excludes only after a pause or one of `beforeAmbiguous`. */
const ambiguousExclusion = 'no';
const beforeAmbiguous = wordSet('with and but there is are');
/** In Japanese, the excluded word comes before the exclusion. */
const exclusionsAfter = wordSet('のない の無い なし 無し');
const betweenExcluded = wordSet('any a an the or nor oder ou ni o или');

function withoutExcluded(words: readonly PromptWord[]): PromptWord[] {
  const kept: PromptWord[] = [];
  for (let index = 0; index < words.length; ) {
    const word = words[index];
    if (word === undefined) break;
    if (exclusionsAfter.has(word.text)) kept.pop();
    else if (!excludes(word, words[index - 1])) kept.push(word);
    else index = endOfExcluded(words, index);
    index += 1;
  }
  return kept;
}

function excludes({ text, afterPause }: PromptWord, previous: PromptWord | undefined): boolean {
  const key = text.toLowerCase();
  if (key !== ambiguousExclusion) return exclusions.has(key);
  return previous === undefined || afterPause || beforeAmbiguous.has(previous.text.toLowerCase());
}

/** Returns the index of the last word that is excluded: a thing with its colour and number, and others joined by “or”. */
function endOfExcluded(words: readonly PromptWord[], start: number): number {
  let end = start;
  let isJoined = true;
  for (let index = start + 1; index < words.length; index += 1) {
    const word = words[index];
    if (word === undefined || word.afterPause) break;
    if (betweenExcluded.has(word.text.toLowerCase())) {
      isJoined = true;
      continue;
    }
    if (!isJoined) break;
    end = index;
    isJoined = word.meanings.some(({ kind }) => kind === 'tint' || kind === 'count' || kind === 'mood');
  }
  return end;
}
