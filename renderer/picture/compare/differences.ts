// Finds the common facts and the differences of compared pictures.

import type { PictureFacts } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';

export type Compared = Pick<PictureFacts, 'width' | 'height'> & {
  prompt: string;
  /** Undefined while unknown, and if the provider uses none. */
  seed: number | string | undefined;
  /** Other settings, with a text that includes the name, such as "steps 20". */
  settings?: readonly (readonly [setting: string, text: string])[];
};

/** A part of a prompt. `isOwn`: some other prompt lacks its words. */
export type PromptPart = { text: string; isOwn: boolean };

export type Differences = {
  /** The common prompt; null if they differ. */
  prompt: string | null;
  /** Common facts, such as the size. */
  shared: string[];
  /** For each picture, in order: its prompt if they differ, and the facts that are not shared. */
  own: { prompt: PromptPart[] | null; facts: string[] }[];
};

/** @param pictures in the order of the result's `own`. */
export function differencesOf(pictures: readonly Compared[]): Differences {
  const prompts = pictures.map(({ prompt }) => prompt);
  const isSamePrompt = new Set(prompts).size <= 1;
  const kinds = [...new Set(pictures.flatMap(({ settings = [] }) => settings.map(([setting]) => setting)))];
  const facts = pictures.map(({ seed, width, height, settings = [] }) => [
    ...kinds.map((kind) => settings.find(([setting]) => setting === kind)?.[1] ?? null),
    seed === undefined ? null : t('picture.compared_seed', { value: String(seed) }),
    `${width} × ${height}`,
  ]);
  const isShared = (at: number) => new Set(facts.map((each) => each[at])).size <= 1;
  const pick = (each: readonly (string | null)[], isWanted: boolean) =>
    each.filter((fact, at): fact is string => fact !== null && isShared(at) === isWanted);
  return {
    prompt: isSamePrompt ? (prompts[0] ?? null) : null,
    shared: pick(facts[0] ?? [], true),
    own: pictures.map(({ prompt }, at) => ({
      prompt: isSamePrompt ? null : partsOf(prompt, prompts),
      facts: pick(facts[at] ?? [], false),
    })),
  };
}

/** Maximum number of common words that are shown next to a difference. */
const maxSharedWords = 3;

/** Shortens the common parts, so that the differences of long prompts are visible. */
export function shortenCommonParts(parts: readonly PromptPart[]): PromptPart[] {
  if (!parts.some(({ isOwn }) => isOwn)) return [...parts];
  return parts.map((part, at) => {
    if (part.isOwn) return part;
    const words = part.text.match(/\S+\s*/g) ?? [];
    const before = at > 0 ? maxSharedWords : 0;
    const after = at < parts.length - 1 ? maxSharedWords : 0;
    if (words.length <= before + after + 1) return part;
    const start = words.slice(0, before).join('').trimEnd();
    const end = after > 0 ? words.slice(-after).join('') : '';
    return { text: [start, '…', end].filter(Boolean).join(' '), isOwn: false };
  });
}

/** Splits a prompt at the boundaries of words that all prompts have. */
function partsOf(prompt: string, prompts: readonly string[]): PromptPart[] {
  const others = prompts.map((each) => countWords(each.split(/\s+/)));
  const seen = new Map<string, number>();
  const parts: PromptPart[] = [];
  for (const text of prompt.split(/(?<=\s)(?=\S)/)) {
    const word = comparable(text);
    const nth = (seen.get(word) ?? 0) + 1;
    seen.set(word, nth);
    // Repeated words count: the second "a" is a difference from a prompt with a single "a".
    const isOwn = !others.every((words) => (words.get(word) ?? 0) >= nth);
    const last = parts.at(-1);
    if (last?.isOwn === isOwn) last.text += text;
    else parts.push({ text, isOwn });
  }
  return parts;
}

function countWords(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words.map(comparable)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Removes punctuation and case from a word. */
function comparable(word: string): string {
  return word.replace(/[\s\p{P}]+/gu, '').toLowerCase();
}
