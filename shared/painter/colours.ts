// Tells what each colour word of a prompt belongs to: a thing, something that is not drawn, or the whole picture.

import { isDescribing } from './names';
import type { Meaning, PromptWord, UnknownWord } from './read-words';
import type { Tint } from './scene';

/** `owner`: the word that is named with the colour, known or not; null for the whole picture. */
export type ColourWord = { tint: Tint; word: PromptWord; owner: PromptWord | null };

/** Maximum number of words between a colour and the thing that it describes, as in “a red little old house”. */
const maxBetween = 2;

/** Returns the colour words of a prompt, in order. @param names as `namesIn` returns them for these words */
export function coloursIn(words: readonly PromptWord[], names: readonly UnknownWord[]): ColourWord[] {
  const tints = words.map(tintOf);
  if (tints.every((tint) => tint === null)) return [];
  const positions = new Set(names.map(({ position }) => position));
  const prompt: Prompt = { words, tints, isName: ({ position }) => positions.has(position) };

  // From the last to the first: in “red and white house”, red belongs to whatever white belongs to.
  const after: Owner[] = [];
  for (let index = words.length - 1; index >= 0; index -= 1) {
    if (tints[index] !== null) after[index] = ownerAfter(prompt, index, after);
  }
  const owners: (PromptWord | null)[] = [];
  return words.flatMap((word, index) => {
    const tint = tints[index] ?? null;
    if (tint === null) return [];
    const found = after[index];
    const owner = found === undefined ? ownerBefore(prompt, index, owners) : found;
    owners[index] = owner;
    return [{ tint, word, owner }];
  });
}

/** Null is the whole picture; undefined if the prompt does not tell. */
type Owner = PromptWord | null | undefined;
type Prompt = {
  words: readonly PromptWord[];
  tints: readonly (Tint | null)[];
  isName: (word: PromptWord) => boolean;
};

function ownerAfter({ words, tints, isName }: Prompt, index: number, after: readonly Owner[]): Owner {
  let name: PromptWord | undefined;
  let between = 0;
  for (const [offset, word] of words.slice(index + 1, index + 3 + maxBetween).entries()) {
    const at = index + 1 + offset;
    if (word.afterPause || between > maxBetween) break;
    if (canBeColoured(word)) return word;
    if (tints[at] !== null) return after[at];
    if (isPlaceOrTime(word)) return name ?? null;
    if (isName(word)) name ??= word;
    else if (!isTransparent(word)) {
      // A small word ends the search, unless it joins two colours, as in “red and white”.
      const next = words[at + 1];
      if (next === undefined || next.afterPause || tints[at + 1] === null) break;
      continue;
    }
    between += 1;
  }
  return name;
}

/** French, Spanish and Italian put the colour after the noun. */
function ownerBefore(
  { words, tints, isName }: Prompt,
  index: number,
  owners: readonly (PromptWord | null)[],
): PromptWord | null {
  const last = words[index - 1];
  if (last === undefined || words[index]?.afterPause === true) return null;
  for (const at of [index - 1, index - 2]) {
    if (typeof tints[at] === 'string') return owners[at] ?? null;
  }
  return canBeColoured(last) || isName(last) ? last : null;
}

function tintOf({ meanings }: PromptWord): Tint | null {
  // A word such as “lavender” is a colour only where it is nothing else.
  const [meaning, ...others] = meanings;
  return others.length === 0 && meaning?.kind === 'tint' ? meaning.value : null;
}

function canBeColoured({ meanings }: PromptWord): boolean {
  return meanings.some(
    ({ kind, value }) => kind === 'animal' || kind === 'thing' || kind === 'flower' || value === 'roof',
  );
}

const coloursPicture: ReadonlySet<Meaning['kind']> = new Set([
  'place',
  'time',
  'weather',
  'season',
  'sky',
  'backdrop',
]);

function isPlaceOrTime({ meanings }: PromptWord): boolean {
  return meanings.some(({ kind }) => coloursPicture.has(kind));
}

/** Particles such as “の” and “的” stand between a colour and its thing, unlike the prepositions of other scripts. */
function isTransparent({ text, meanings }: PromptWord): boolean {
  return (
    meanings.length > 0 ||
    isDescribing(text) ||
    !/^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}]/u.test(text)
  );
}
