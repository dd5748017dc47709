// Splits text into words and parts of words, the same way for the index and for a search. See docs/decisions/056.
import { foldText } from '../../../shared/domain/fold-text';

/**
 * The version of `wordsOf`, `partsOf` and folding. Increase it with each change, so that everything is indexed again.
 */
export const foldingVersion = 1;

/** Scripts without spaces between words. */
const unspaced =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Bopomofo}\\p{Script=Thai}\\p{Script=Lao}' +
  '\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Tibetan}\\u30fc';
const letter = '[\\p{L}\\p{N}\\p{M}\\p{Co}]';
const emoji = '\\p{Extended_Pictographic}|\\p{Regional_Indicator}{2}';
const tokens = new RegExp(
  `(?<emoji>${emoji})|(?<run>(?:(?=${letter})[${unspaced}])+)|(?:(?![${unspaced}])${letter})+`,
  'gu',
);

/** `run`: consecutive characters of a script without spaces. */
type Token = { kind: 'word' | 'run' | 'emoji'; text: string };

function tokensOf(text: string): Token[] {
  return Array.from(foldText(text).matchAll(tokens), ({ 0: found, groups }) => {
    const kind = groups?.['emoji'] !== undefined ? 'emoji' : groups?.['run'] !== undefined ? 'run' : 'word';
    return { kind, text: found };
  });
}

/** Characters per part. A longer search word is matched by several overlapping parts. */
const partLength = { word: 12, run: 4, emoji: 2 } as const;
/** Words are compared as a whole up to this many characters. */
const maxWordLength = 32;
/** Marks a whole word in the index of parts; no word can contain it. */
const wordMark = '^';

/** Returns the folded words of a text in order, for phrases. Each character of an unspaced script is a word. */
export function wordsOf(text: string): string[] {
  return tokensOf(text).flatMap(phraseWords);
}

function phraseWords(token: Token): string[] {
  return token.kind === 'run' ? Array.from(token.text) : [token.text];
}

/**
 * Returns a text's entries for the index of parts: its marked words, and the parts that begin at each of their
 * characters.
 */
export function partsOf(text: string): string[] {
  const parts = new Set<string>();
  for (const { kind, text: word } of tokensOf(text)) {
    const characters = Array.from(word);
    if (kind === 'word') parts.add(wordMark + characters.slice(0, maxWordLength).join(''));
    if (kind === 'emoji') parts.add(word);
    else {
      for (const at of characters.keys()) parts.add(characters.slice(at, at + partLength[kind]).join(''));
    }
  }
  return [...parts];
}

/** FTS5 queries for a text: https://www.sqlite.org/fts5.html#full_text_query_syntax */
export type WordSearch = {
  /** Queries on picture_parts, best matches first. They are disjoint. Empty if there are only phrases. */
  tiers: readonly string[];
  /** A query on picture_parts that matches any of the tiers; null if there are only phrases. */
  any: string | null;
  /** A query on picture_words; null if there are no phrases. */
  phrases: string | null;
};

/** Names that the index has marks for, instead of their words. */
export type Named = {
  mark: string;
  names: readonly string[];
  /** Their words are in the index. */
  ids: readonly string[];
};

/**
 * Returns the FTS5 queries for a text. All words must match: as whole words, as beginnings of words or inside them.
 * Words in quotation marks, and those that only a sign separates, must follow each other. Everything but letters and
 * digits only separates words, so no typed character is ever an operator.
 *
 * @param named returns the names that have marks in the index.
 * @returns null if the text has no word.
 */
export function wordSearch(text: string, named: () => readonly Named[] = () => []): WordSearch | null {
  const { words, phrases } = readSearch(text);
  if (words.length === 0 && phrases.length === 0) return null;
  const marksOf = marksIn(named());
  const each = (expressionOf: (token: Token) => string, isMatch: WordMatch) =>
    all(
      words.map((word) =>
        anyOf(
          expressionOf(word),
          marksOf((names) => hasToken(names, word, isMatch)),
        ),
      ),
    );
  const whole = each(wholeWord, isWholeWord);
  const begin = each(beginningOfWord, isBeginning);
  const inside = each(insideWord, isInside);
  const tiers = words.some(({ kind }) => kind === 'word')
    ? [whole, `(${begin}) NOT (${whole})`, `(${inside}) NOT (${begin})`]
    : [inside];
  return {
    tiers: words.length === 0 ? [] : tiers,
    any: words.length === 0 ? null : inside,
    phrases:
      phrases.length === 0
        ? null
        : all(
            phrases.map((phrase) =>
              anyOf(
                phraseOf(phrase),
                marksOf((names) => hasPhrase(names, phrase)),
              ),
            ),
          ),
  };
}

const all = (expressions: string[]) => [...new Set(expressions)].join(' AND ');

function anyOf(expression: string, marks: readonly string[]): string {
  return marks.length === 0
    ? expression
    : `((${expression}) OR ${marks.map((mark) => `"${mark}"`).join(' OR ')})`;
}

/** Returns a function that finds the marks of names that match a word. */
function marksIn(named: readonly Named[]) {
  return (isMatch: (text: string) => boolean): string[] =>
    named.filter(({ names, ids }) => names.some(isMatch) && !ids.some(isMatch)).map(({ mark }) => mark);
}

/** Whether a token of a name matches one that is searched for. */
type WordMatch = (token: Token, wanted: Token) => boolean;
const isWholeWord: WordMatch = ({ kind, text }, wanted) =>
  wanted.kind === 'word' ? kind === 'word' && text === wanted.text : isInside({ kind, text }, wanted);
const isBeginning: WordMatch = ({ kind, text }, wanted) =>
  wanted.kind === 'word' ? kind === 'word' && text.startsWith(wanted.text) : isInside({ kind, text }, wanted);
const isInside: WordMatch = ({ text }, wanted) => text.includes(wanted.text);

const hasToken = (name: string, wanted: Token, isMatch: WordMatch): boolean =>
  tokensOfName(name).some((token) => isMatch(token, wanted));

const hasPhrase = (name: string, { words, isClosed }: Phrase): boolean =>
  ` ${tokensOfName(name).flatMap(phraseWords).join(' ')} `.includes(
    ` ${words.join(' ')}${isClosed ? ' ' : ''}`,
  );

/** Cached, because every search uses the same names. */
const knownNames = new Map<string, readonly Token[]>();
const maxKnownNames = 2000;

function tokensOfName(name: string): readonly Token[] {
  const known = knownNames.get(name) ?? tokensOf(name);
  if (knownNames.size >= maxKnownNames) knownNames.clear();
  knownNames.set(name, known);
  return known;
}

/** Consecutive words. Unless the phrase is closed, the last word may be incomplete. */
type Phrase = { words: readonly string[]; isClosed: boolean };

function phraseOf({ words, isClosed }: Phrase): string {
  return `${quoted(words)}${isClosed ? '' : ' *'}`;
}

function readSearch(text: string): { words: Token[]; phrases: Phrase[] } {
  const words: Token[] = [];
  const phrases: Phrase[] = [];
  // Every second part was between quotation marks; the last one may not be closed yet.
  const parts = text.split(/["“”„«»「」]/);
  for (const [index, part] of parts.entries()) {
    const isQuoted = index % 2 === 1;
    const isClosed = index < parts.length - 1;
    for (const chunk of isQuoted ? [part] : part.split(/\s+/)) {
      const found = tokensOf(chunk);
      const [first] = found;
      if (!first) continue;
      if (found.length === 1 && !isQuoted) words.push(first);
      else phrases.push({ words: found.flatMap(phraseWords), isClosed: isQuoted && isClosed });
    }
  }
  return { words, phrases };
}

function quoted(words: readonly string[]): string {
  return `"${words.join(' ')}"`;
}

function wholeWord(token: Token): string {
  const isWhole = token.kind === 'word' && Array.from(token.text).length <= maxWordLength;
  return isWhole ? `"${wordMark}${token.text}"` : beginningOfWord(token);
}

function beginningOfWord(token: Token): string {
  if (token.kind !== 'word') return insideWord(token);
  const characters = Array.from(token.text);
  const start = `"${wordMark}${characters.slice(0, maxWordLength).join('')}" *`;
  return characters.length <= maxWordLength ? start : `${start} AND ${insideWord(token)}`;
}

/** A text longer than a part is found by parts that overlap by half. */
function insideWord({ kind, text }: Token): string {
  if (kind === 'emoji') return `"${text}"`;
  const length = partLength[kind];
  const characters = Array.from(text);
  const starts = [];
  for (let at = 0; at + length < characters.length; at += length / 2) starts.push(at);
  starts.push(Math.max(0, characters.length - length));
  return starts.map((at) => `"${characters.slice(at, at + length).join('')}" *`).join(' AND ');
}
