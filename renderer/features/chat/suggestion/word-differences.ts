// Compares two texts word by word, in any script.
import { diffArrays } from 'diff';

export type TextPart = { text: string; isOwn: boolean };

export type WordDifferences = {
  /** The first text in parts. `isOwn`: only this text has these words. */
  before: TextPart[];
  after: TextPart[];
  /** Number of words that only one of the texts has. */
  removed: number;
  added: number;
};

/** Maximum number of differences. Beyond it, the whole texts count as different, because nobody would read the marks. */
const maxEdits = 800;

let segmenter: Intl.Segmenter | undefined;

/** @returns parts whose concatenation is exactly the original texts. */
export function wordDifferences(before: string, after: string): WordDifferences {
  const [first, second] = [wordsOf(before), wordsOf(after)];
  const changes = diffArrays(first, second, { maxEditLength: maxEdits }) ?? [
    { value: first, removed: true, added: false },
    { value: second, removed: false, added: true },
  ];
  const found: WordDifferences = { before: [], after: [], removed: 0, added: 0 };
  for (const { value, removed, added } of changes) {
    if (!added) append(found.before, value.join(''), removed);
    if (!removed) append(found.after, value.join(''), added);
    if (removed) found.removed += value.filter(isWord).length;
    if (added) found.added += value.filter(isWord).length;
  }
  return { ...found, before: joinedOver(found.before), after: joinedOver(found.after) };
}

/** A choice or a list of a pattern counts as one word, because striking out a part of it would be meaningless. */
const patternPart = /(\{[^{}]*\}|__[^_\s]+__)/;

function wordsOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  const words = segmenter;
  return text
    .split(patternPart)
    .flatMap((piece, at) =>
      at % 2 === 1 ? [piece] : Array.from(words.segment(piece), ({ segment }) => segment),
    );
}

function isWord(segment: string): boolean {
  return /[\p{L}\p{N}]/u.test(segment);
}

function append(parts: TextPart[], text: string, isOwn: boolean): void {
  const last = parts.at(-1);
  if (last?.isOwn === isOwn) last.text += text;
  else if (text !== '') parts.push({ text, isOwn });
}

/** A space between two changed words belongs to the change. */
function joinedOver(parts: readonly TextPart[]): TextPart[] {
  const joined: TextPart[] = [];
  for (const [index, { text, isOwn }] of parts.entries()) {
    const isBetween = !isOwn && text.trim() === '' && index > 0 && index < parts.length - 1;
    append(joined, text, isOwn || isBetween);
  }
  return joined;
}
