// Prompt patterns: `{red|blue} fox` stands for two prompts, and `__animal__` for a word of the user's list "animal".
import {
  choiceOf,
  type Expansion,
  emptySequence,
  flatten,
  isEmpty,
  joined,
  type ListWord,
  listOf,
  listSequence,
  maxCombinations,
  type Sequence,
  textSequence,
} from './pattern-combinations';
import { listReference, type PatternPart, tokensOf } from './pattern-tokens';
import { findWordList, type WordList } from './word-lists';

/** An open brace: the alternatives before the current one. */
type Frame = { closed: Sequence[]; current: Sequence };

export type Pattern = {
  /** Whether the text has choices or words of lists. */
  isPattern: boolean;
  /** Whether its prompts differ from the text, if only by their backslashes. */
  isChanged: boolean;
  /** Number of different prompts. Above `maxCombinations` it is not exact, and may be infinite. */
  count: number;
  /** Number of alternatives of each choice that is not within another one. */
  sizes: readonly number[];
  /** Names that look like a word list, but have no list or an empty one. */
  unknownLists: readonly string[];
  /** Empty if there are too many. */
  prompts: readonly Expansion[];
};

/** A prompt of a pattern, and the words that distinguish it from the others. */
export type PatternPrompt = { prompt: string; words: string[] };

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
    const inner = isChoice ? choiceOf(alternatives) : toLiteral(frame, '}');
    current = joined(frame.current, inner);
  }

  /** Turns a presumed choice back into text, including its braces and bars. */
  function toLiteral({ closed }: Frame, end: string): Sequence {
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
      current = joined(current, listSequence(list.name));
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
  for (const frame of frames.reverse()) current = joined(frame.current, toLiteral(frame, ''));

  const isTooMany = current.count > maxCombinations;
  // A combination without any text is not a prompt.
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
 * Returns the prompts, each repeated `times` times in a row, with a word for each use of a list. No word of a list is drawn
 * twice before all others.
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

/** Returns the choices and lists in a text, in order, without those within others. */
export function findPatternParts(text: string, lists: readonly WordList[]): PatternPart[] {
  const open: { from: number; bars: number; isBlank: boolean }[] = [];
  const found: PatternPart[] = [];
  for (const { kind, from, to } of tokensOf(text, lists)) {
    const last = open.at(-1);
    if (kind === 'open') open.push({ from, bars: 0, isBlank: true });
    else if (kind === 'bar' && last) last.bars += 1;
    else if (kind === 'close' && last) {
      open.pop();
      // Any token is content of the choice around it.
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

/** Returns a pattern whose only prompt is this text: the text itself, escaped where necessary. */
export function escapePattern(text: string, lists: readonly WordList[]): string {
  if (!parsePattern(text, lists).isChanged) return text;
  const isName = (name: string) => findWordList(lists, name) !== undefined;
  return text
    .replace(/[{}|]/g, '\\$&')
    .replace(new RegExp(listReference.source, 'gu'), (use, name) => (isName(name) ? `\\${use}` : use));
}

/** Removes the double space that an empty alternative leaves. */
function tidy(text: string): string {
  return text.replace(/[ \t]{2,}/g, ' ').trim();
}
