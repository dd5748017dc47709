// The prompts that a pattern stands for: each combination of its choices, up to a maximum.
import { maxPicturesOfMessage } from './conversations';

/** Maximum number of different prompts of one message: each of them makes at least one picture. */
export const maxCombinations = maxPicturesOfMessage;

/** A use of a word list, whose word is drawn for each picture. The same object always gets the same word. */
export type ListWord = { list: string };
/** An unfinished text. Joining two takes constant time, whatever their length. */
type Rope = string | ListWord | { left: Rope; right: Rope };
/** The texts that distinguish an expansion from the others; null if there are none. */
type Words = null | { word: Rope } | { before: Words; after: Words };
export type Expansion = { rope: Rope; words: Words };

/** `options` and `sizes` are empty when `count` exceeds the maximum. */
export type Sequence = {
  count: number;
  options: readonly Expansion[];
  sizes: readonly number[];
  isBlank: boolean;
};

export const emptySequence: Sequence = {
  count: 1,
  options: [{ rope: '', words: null }],
  sizes: [],
  isBlank: true,
};

/** A text that is the same in every prompt. */
export function textSequence(text: string): Sequence {
  return { ...emptySequence, options: [{ rope: text, words: null }], isBlank: text.trim() === '' };
}

/** A word of a list, which is drawn later. */
export function listSequence(list: string): Sequence {
  const word: ListWord = { list };
  return { count: 1, options: [{ rope: word, words: { word } }], sizes: [], isBlank: false };
}

/** Returns each expansion of the left sequence followed by each of the right one. */
export function joined(left: Sequence, right: Sequence): Sequence {
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

/** An expansion of a choice is distinguished by the whole text of its alternative. */
export function choiceOf(alternatives: readonly Sequence[]): Sequence {
  const count = alternatives.reduce((sum, alternative) => sum + alternative.count, 0);
  if (count > maxCombinations) return { count, options: [], sizes: [], isBlank: false };
  const options = alternatives.flatMap((alternative) =>
    alternative.options.map(({ rope }) => ({ rope, words: { word: rope } })),
  );
  return { count, options, sizes: [count], isBlank: false };
}

/** Returns the words that distinguish an expansion, in their order. */
export function listOf(words: Words): Rope[] {
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
export function flatten(rope: Rope, wordOf: (word: ListWord) => string): string {
  const parts: string[] = [];
  const rest: Rope[] = [rope];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === 'string') parts.push(next);
    else if ('list' in next) parts.push(wordOf(next));
    else rest.push(next.right, next.left);
  }
  return parts.join('');
}

/** Returns whether an expansion leaves nothing to draw. */
export function isEmpty({ rope }: Expansion): boolean {
  return flatten(rope, () => 'a word').trim() === '';
}
