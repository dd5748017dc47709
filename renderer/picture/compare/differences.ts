// What compared pictures have in common, and what only one or some of them have.

import type { PictureFacts } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';

export type Compared = Pick<PictureFacts, 'width' | 'height'> & {
  prompt: string;
  /** Undefined while it is not known, and if the provider takes none. */
  seed: number | string | undefined;
  /** Further settings: what each is, and its text with its name, such as "steps 20". */
  settings?: readonly (readonly [setting: string, text: string])[];
};

/** A part of a prompt: whether some other picture's prompt lacks its words. */
export type PromptPart = { text: string; isOwn: boolean };

export type Differences = {
  /** The prompt of all; null if they differ. */
  prompt: string | null;
  /** Facts of all, such as the size. */
  shared: string[];
  /** For each picture, in order: its prompt if they differ, and the facts that are not shared. */
  own: { prompt: PromptPart[] | null; facts: string[] }[];
};

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

/** Words that all prompts have and that are far from a difference say nothing. */
const maxSharedWords = 3;

/** Shortens what the prompts have in common, so that the differences of long prompts are in sight. */
export function shortened(parts: readonly PromptPart[]): PromptPart[] {
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

/** Splits a prompt where the words that every prompt has begin and end. */
function partsOf(prompt: string, prompts: readonly string[]): PromptPart[] {
  const others = prompts.map((each) => countWords(each.split(/\s+/)));
  const seen = new Map<string, number>();
  const parts: PromptPart[] = [];
  for (const text of prompt.split(/(?<=\s)(?=\S)/)) {
    const word = comparable(text);
    const nth = (seen.get(word) ?? 0) + 1;
    seen.set(word, nth);
    // The second "a" of one prompt is none of another one that has a single "a".
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

/** Punctuation and case make no difference of words. */
function comparable(word: string): string {
  return word.replace(/[\s\p{P}]+/gu, '').toLowerCase();
}
