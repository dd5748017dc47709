// Joins styles with the user's words: the whole prompt as it is sent. See docs/decisions/066.

import {
  maxVariableNameLength,
  maxVariables,
  maxVariableValueLength,
  type StyleTexts,
  type UsedStyle,
} from './styles';
import { lengthOf } from './text-length';
import { withoutTrailing } from './without-trailing';

/** A part of a style's text. `null` stands for the user's words. */
type Part = string | null | Variable;

/** A word that the user fills in. */
export type Variable = {
  /** The same for every use of its name, whatever the case. */
  key: string;
  name: string;
  /** The text that is used if the user fills in nothing; empty if the user has to. */
  fallback: string;
};

/**
 * `{prompt}`, `{{name}}` or `{{name=fallback}}`, with a backslash before it to be literal text. The pattern takes linear
 * time, because a brace ends each of its runs.
 */
const place =
  /\\?(?:\{\{[ \t]*([\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[-_ ][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*)[ \t]*(?:=([^{}]*))?\}\}|\{prompt\})/gu;

/** The name of the place for the user's words: `{{prompt}}` means the same as `{prompt}`. */
const wordsName = 'prompt';

/** Reads a style's text in linear time. Other braces are literal text. */
function readParts(text: string): Part[] {
  const parts: Part[] = [];
  const keys = new Set<string>();
  let at = 0;
  for (const found of text.matchAll(place)) {
    const [whole, name, fallback = ''] = found;
    const part = partOf(whole, name, fallback, keys);
    if (part === undefined) continue;
    parts.push(text.slice(at, found.index), part);
    at = found.index + whole.length;
  }
  parts.push(text.slice(at));
  return parts;
}

/** Returns undefined for literal text. */
function partOf(
  whole: string,
  name: string | undefined,
  fallback: string,
  keys: Set<string>,
): Part | undefined {
  const isText = whole.startsWith('\\');
  const key = (name ?? wordsName).toLowerCase();
  if (key === wordsName) return isText ? whole.slice(1) : null;
  const isKnown = keys.has(key);
  if (name === undefined || name.length > maxVariableNameLength) return undefined;
  if (isText) return whole.slice(1);
  if (!isKnown && keys.size >= maxVariables) return undefined;
  keys.add(key);
  return { key, name, fallback: fallback.trim() };
}

/** Returns the variables of a style in order, each once. If a name has several fallbacks, the first one counts. */
export function variablesOf({
  prompt,
  negativePrompt,
}: Pick<StyleTexts, 'prompt' | 'negativePrompt'>): Variable[] {
  const found = new Map<string, Variable>();
  for (const part of [...readParts(prompt), ...readParts(negativePrompt)]) {
    if (part === null || typeof part === 'string') continue;
    const known = found.get(part.key);
    if (!known) found.set(part.key, part);
    else if (known.fallback === '' && part.fallback !== '') {
      found.set(part.key, { ...known, fallback: part.fallback });
    }
  }
  return [...found.values()];
}

/** Returns a style's text as one reads it: an ellipsis for the user's words, and for each variable its fallback or name. */
export function readableText(text: string): string {
  const shown = readParts(text).map((part) =>
    part === null ? '…' : typeof part === 'string' ? part : part.fallback || part.name,
  );
  return shown.join('').trim();
}

/**
 * Returns whether the styles make a complete prompt without the user's words, other than those for variables. This is so if
 * one of them is a template without a place for the user's words, and none before it has such a place.
 */
export function isCompletePrompt(styles: readonly UsedStyle[]): boolean {
  for (const style of styles) {
    const parts = readParts(style.prompt);
    if (parts.includes(null)) return false;
    if (parts.some((part) => part !== null && typeof part !== 'string')) {
      return missingValues(style).length === 0;
    }
  }
  return false;
}

/** Returns the names of variables that need a word and have none. */
export function missingValues(style: UsedStyle): string[] {
  return variablesOf(style)
    .filter(({ key, fallback }) => wordOf(style, key, fallback) === '')
    .map(({ name }) => name);
}

/**
 * Returns the whole prompt, applying each style to the result of those before it. Inserted text is never parsed again, so
 * that braces in the user's words stay literal.
 *
 * @param maxLength in Unicode characters.
 * @returns null if it would be longer.
 */
export function applyStyles(words: string, styles: readonly UsedStyle[], maxLength: number): string | null {
  return applyTexts(words, styles, 'prompt', maxLength);
}

/** Applies the styles to the negative prompt, as `applyStyles` does. Text that it already contains is not added again. */
export function applyNegatives(
  words: string,
  styles: readonly UsedStyle[],
  maxLength: number,
): string | null {
  return applyTexts(words, styles, 'negativePrompt', maxLength);
}

function applyTexts(
  words: string,
  styles: readonly UsedStyle[],
  field: 'prompt' | 'negativePrompt',
  maxLength: number,
): string | null {
  let whole = words;
  for (const style of styles) {
    const next = joined(whole, style, field, maxLength);
    if (next === null) return null;
    whole = next;
  }
  return lengthOf(whole) <= maxLength ? whole : null;
}

/** @returns null, without building the text, if it would exceed any text of `maxLength` characters. */
function joined(
  words: string,
  style: UsedStyle,
  field: 'prompt' | 'negativePrompt',
  maxLength: number,
): string | null {
  const text = style[field];
  if (text.trim() === '') return words;
  const fallbacks = new Map(variablesOf(style).map(({ key, fallback }) => [key, fallback]));
  const parts = readParts(text);
  const pieces = parts.map((part) => {
    if (part === null) return words;
    return typeof part === 'string' ? part : wordOf(style, part.key, fallbacks.get(part.key) ?? '');
  });
  const hasPlace = parts.includes(null);
  const length = pieces.reduce((sum, piece) => sum + piece.length, hasPlace ? 0 : words.length);
  // A character has one or two units, and white space may go at both ends.
  if (length > 2 * maxLength + text.length) return null;
  const piece = pieces.join('').trim();
  if (hasPlace) return piece;
  const before = withoutEnd(words);
  const after = withoutStart(piece);
  // A picture that is made again already has the style's negative prompt.
  if (field === 'negativePrompt' && `, ${before}, `.includes(`, ${after}, `)) return words;
  return [before, after].filter(Boolean).join(', ');
}

/** Returns the names of the variables whose words are too long to be sent, in their order. */
export function tooLongValues(style: UsedStyle): string[] {
  return variablesOf(style)
    .filter(({ key }) => lengthOf(wordOf(style, key, '')) > maxVariableValueLength)
    .map(({ name }) => name);
}

function wordOf({ values }: UsedStyle, key: string, fallback: string): string {
  const word = Object.hasOwn(values, key) ? (values[key] ?? '').trim() : '';
  return word === '' ? fallback : word;
}

/** Removes the comma that many users write at the end of a style. */
function withoutEnd(text: string): string {
  return withoutTrailing(text.trimEnd(), ',').trimEnd();
}

function withoutStart(text: string): string {
  return text.replace(/^(?:,\s*)+/, '');
}

/** Escapes a text from a program that has no variables, so that it has the same meaning here. */
export function escapeVariables(text: string): string {
  return text.replace(place, (whole, name: string | undefined) => {
    const isVariable = name !== undefined && name.length <= maxVariableNameLength && !whole.startsWith('\\');
    return isVariable && name.toLowerCase() !== wordsName ? `\\${whole}` : whole;
  });
}
