// Prompt patterns: `{red|blue} fox` is two prompts, and `__animal__` takes a word of the user's list "animal".
import { findWordList, type WordList } from './word-lists';

/** Maximum number of different prompts of one message. */
export const maxCombinations = 16;

/** A word of a list, to be drawn for each picture. The same object in a prompt and in its words is the same word. */
type ListWord = { list: string };
/** A text in the making: joining two takes constant time, however long they are. */
type Rope = string | ListWord | { left: Rope; right: Rope };
/** The texts that distinguish an expansion; null: none. */
type Words = null | { word: Rope } | { before: Words; after: Words };
type Expansion = { rope: Rope; words: Words };

/** `options` and `sizes` are empty when `count` exceeds the maximum. */
type Sequence = { count: number; options: readonly Expansion[]; sizes: readonly number[]; isBlank: boolean };
/** An open brace: the alternatives before the current one. */
type Frame = { closed: Sequence[]; current: Sequence };

export type Pattern = {
  /** Whether the text has choices or words of lists. */
  isPattern: boolean;
  /** Whether its prompts differ from the text, if only by their backslashes. */
  isChanged: boolean;
  /** Number of different prompts; more than `maxCombinations` is not exact, and may be infinite. */
  count: number;
  /** Number of alternatives of each choice that is not within another one. */
  sizes: readonly number[];
  /** Names that look like a list of words, but of which there is none or an empty one. */
  unknownLists: readonly string[];
  /** Empty if there are too many. */
  prompts: readonly Expansion[];
};

/** A prompt of a pattern, and the words that distinguish it from the others. */
export type PatternPrompt = { prompt: string; words: string[] };

const emptySequence: Sequence = {
  count: 1,
  options: [{ rope: '', words: null }],
  sizes: [],
  isBlank: true,
};

const plainRun = /[^\\{}|_]+/y;
const listReference = /__([\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[-_ ][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*)__/uy;

type Token = PatternPart & {
  /** `bar` and `close` are text where no brace is open. */
  kind: 'text' | 'escaped' | 'list' | 'open' | 'bar' | 'close';
  /** Of a text that looks like a list. */
  name?: string;
  list?: WordList;
};

const marks: Readonly<Record<string, Token['kind']>> = { '{': 'open', '|': 'bar', '}': 'close' };

function* tokensOf(text: string, lists: readonly WordList[]): Generator<Token> {
  for (let at = 0; at < text.length; ) {
    const character = text[at] ?? '';
    const token = tokenAt(text, at, character, lists);
    yield token;
    at = token.to;
  }
}

function tokenAt(text: string, at: number, character: string, lists: readonly WordList[]): Token {
  const mark = marks[character];
  if (mark) return { kind: mark, from: at, to: at + 1 };
  const next = text[at + 1] ?? '';
  if (character === '\\' && next in marks) return { kind: 'escaped', from: at, to: at + 2 };
  if (character === '\\' && next === '_') {
    const name = matchAt(listReference, text, at + 1);
    const isName = name !== null && findWordList(lists, name[1] ?? '') !== undefined;
    return isName
      ? { kind: 'escaped', from: at, to: at + 1 + name[0].length }
      : { kind: 'text', from: at, to: at + 1 };
  }
  if (character === '_') {
    const found = matchAt(listReference, text, at);
    if (!found) return { kind: 'text', from: at, to: at + 1 };
    const [reference, name = ''] = found;
    const list = findWordList(lists, name);
    const to = at + reference.length;
    return list ? { kind: 'list', from: at, to, list } : { kind: 'text', from: at, to, name };
  }
  return { kind: 'text', from: at, to: at + (matchAt(plainRun, text, at)?.[0] ?? character).length };
}

/**
 * Reads a text in one pass, in linear time, whatever it contains. A choice is a pair of braces with a bar and at least one
 * word; it may contain others. Everything else, such as a brace that is never closed, is text. A backslash before a brace,
 * a bar or the name of a list makes it text.
 */
export function parsePattern(text: string, lists: readonly WordList[]): Pattern {
  const frames: Frame[] = [];
  const unknown = new Set<string>();
  let current = emptySequence;
  let literal = '';
  let isPattern = false;
  let isChanged = false;

  function flush(): void {
    if (literal !== '') current = joined(current, textSequence(literal));
    literal = '';
  }

  function close(frame: Frame): void {
    flush();
    const alternatives = [...frame.closed, current];
    const isChoice = alternatives.length > 1 && alternatives.some(({ isBlank }) => !isBlank);
    isPattern ||= isChoice;
    const inner = isChoice ? choiceOf(alternatives) : literally(frame, '}');
    current = joined(frame.current, inner);
  }

  /** What looked like a choice and is none: its braces and its bars are text. */
  function literally({ closed }: Frame, end: string): Sequence {
    const [first = current, ...others] = [...closed, current];
    const start = joined(textSequence('{'), first);
    const all = others.reduce((sum, next) => joined(joined(sum, textSequence('|')), next), start);
    return end === '' ? all : joined(all, textSequence(end));
  }

  for (const { kind, from, to, name, list } of tokensOf(text, lists)) {
    const token = text.slice(from, to);
    if (kind === 'escaped') {
      literal += token.slice(1);
      isChanged = true;
    } else if (kind === 'list' && list) {
      flush();
      const word: ListWord = { list: list.name };
      const option = { rope: word, words: { word } };
      current = joined(current, { count: 1, options: [option], sizes: [], isBlank: false });
      isPattern = true;
    } else if (kind === 'open') {
      flush();
      frames.push({ closed: [], current });
      current = emptySequence;
    } else if (kind === 'bar' && frames.length > 0) {
      flush();
      frames.at(-1)?.closed.push(current);
      current = emptySequence;
    } else if (kind === 'close' && frames.length > 0) {
      const frame = frames.pop();
      if (frame) close(frame);
    } else {
      if (name !== undefined) unknown.add(name);
      literal += token;
    }
  }
  flush();
  for (const frame of frames.reverse()) current = joined(frame.current, literally(frame, ''));

  const isTooMany = current.count > maxCombinations;
  // A combination that leaves nothing to draw is none.
  const prompts = isTooMany ? [] : current.options.filter((option) => !isEmpty(option));
  return {
    isPattern,
    isChanged: isChanged || isPattern,
    count: isTooMany ? current.count : prompts.length,
    sizes: current.sizes,
    unknownLists: [...unknown],
    prompts,
  };
}

/**
 * Returns the prompts, each so many times in a row, with a word for each use of a list. No word of a list comes twice
 * before all of them were used.
 *
 * @param random at least 0, less than 1.
 */
export function fillPattern(
  { prompts }: Pattern,
  times: number,
  lists: readonly WordList[],
  random: () => number,
): PatternPrompt[] {
  const left = new Map<string, string[]>();

  function draw(name: string): string {
    const words = findWordList(lists, name)?.words ?? [];
    const pool = left.get(name)?.length ? (left.get(name) ?? []) : [...words];
    const [word = ''] = pool.splice(Math.floor(random() * pool.length), 1);
    left.set(name, pool);
    return word;
  }

  return prompts.flatMap((expansion) =>
    Array.from({ length: times }, () => {
      const drawn = new Map<ListWord, string>();
      const wordOf = (word: ListWord): string => {
        const known = drawn.get(word) ?? draw(word.list);
        drawn.set(word, known);
        return known;
      };
      const words = listOf(expansion.words).map((rope) => tidy(flatten(rope, wordOf)));
      return { prompt: tidy(flatten(expansion.rope, wordOf)), words: words.filter(Boolean) };
    }),
  );
}

/** A choice, with everything in it, or the name of a list. `to` is behind its last character. */
export type PatternPart = { from: number; to: number };

/** Returns where a text has choices and lists, in its order. A part within another one is not returned by itself. */
export function findPatternParts(text: string, lists: readonly WordList[]): PatternPart[] {
  const open: { from: number; bars: number; isBlank: boolean }[] = [];
  const found: PatternPart[] = [];
  for (const { kind, from, to } of tokensOf(text, lists)) {
    const last = open.at(-1);
    if (kind === 'open') open.push({ from, bars: 0, isBlank: true });
    else if (kind === 'bar' && last) last.bars += 1;
    else if (kind === 'close' && last) {
      open.pop();
      // Whatever it is, it is more than nothing for the choice around it.
      const outer = open.at(-1);
      if (outer) outer.isBlank = false;
      if (last.bars === 0 || last.isBlank) continue;
      while ((found.at(-1)?.from ?? -1) > last.from) found.pop();
      found.push({ from: last.from, to });
    } else {
      if (last && text.slice(from, to).trim() !== '') last.isBlank = false;
      if (kind === 'list') found.push({ from, to });
    }
  }
  return found;
}

/** Returns a pattern whose only prompt is this text; the text itself if it is one. */
export function escapePattern(text: string, lists: readonly WordList[]): string {
  if (!parsePattern(text, lists).isChanged) return text;
  const isName = (name: string) => findWordList(lists, name) !== undefined;
  return text
    .replace(/[{}|]/g, '\\$&')
    .replace(new RegExp(listReference.source, 'gu'), (use, name) => (isName(name) ? `\\${use}` : use));
}

function textSequence(text: string): Sequence {
  return { ...emptySequence, options: [{ rope: text, words: null }], isBlank: text.trim() === '' };
}

/** Each expansion of one, followed by each of the other. */
function joined(left: Sequence, right: Sequence): Sequence {
  const count = left.count * right.count;
  const isBlank = left.isBlank && right.isBlank;
  if (count > maxCombinations) return { count, options: [], sizes: [], isBlank };
  const options = left.options.flatMap((before) =>
    right.options.map((after) => ({
      rope: before.rope === '' ? after.rope : { left: before.rope, right: after.rope },
      words:
        before.words && after.words
          ? { before: before.words, after: after.words }
          : (before.words ?? after.words),
    })),
  );
  return { count, options, sizes: [...left.sizes, ...right.sizes], isBlank };
}

/** What distinguishes an expansion of a choice is the whole text of the alternative. */
function choiceOf(alternatives: readonly Sequence[]): Sequence {
  const count = alternatives.reduce((sum, alternative) => sum + alternative.count, 0);
  if (count > maxCombinations) return { count, options: [], sizes: [], isBlank: false };
  const options = alternatives.flatMap((alternative) =>
    alternative.options.map(({ rope }) => ({ rope, words: { word: rope } })),
  );
  return { count, options, sizes: [count], isBlank: false };
}

function listOf(words: Words): Rope[] {
  const found: Rope[] = [];
  const rest: Words[] = [words];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (next === null) continue;
    if ('word' in next) found.push(next.word);
    else rest.push(next.after, next.before);
  }
  return found;
}

/** Without recursion, because a rope may be as deep as the text is long. */
function flatten(rope: Rope, wordOf: (word: ListWord) => string): string {
  const parts: string[] = [];
  const rest: Rope[] = [rope];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === 'string') parts.push(next);
    else if ('list' in next) parts.push(wordOf(next));
    else rest.push(next.right, next.left);
  }
  return parts.join('');
}

function isEmpty({ rope }: Expansion): boolean {
  return flatten(rope, () => 'a word').trim() === '';
}

/** An alternative without words would leave two spaces. */
function tidy(text: string): string {
  return text.replace(/[ \t]{2,}/g, ' ').trim();
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
