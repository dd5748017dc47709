// Protects the pattern of a prompt from a rewrite: each choice and list is replaced by a mark, and restored afterwards.
import { escapePattern, findPatternParts } from './prompt-patterns';
import type { WordList } from './word-lists';

export type ProtectedText = {
  /** The text with marks, and without the backslashes of literal braces. */
  text: string;
  /** The parts that the marks stand for, in order. */
  parts: readonly string[];
};

/** Brackets that hardly any text contains and that models keep. */
const markOf = (number: number) => `⟦${number}⟧`;
const anyMark = /⟦\s*(\d{1,3})\s*⟧/g;

/** A command decides the kind of the message, so the model does not get it. */
const command = /^\s*\/(?:image|imagine|picture|draw|paint)\s+/i;

/** Replaces choices, lists, and a command at the beginning. */
export function protectPatterns(text: string, lists: readonly WordList[]): ProtectedText {
  const start = command.exec(text)?.[0] ?? '';
  const parts: string[] = [];
  let marked = '';
  let at = start.length;
  for (const { from, to } of findPatternParts(text, lists)) {
    if (from < at) continue;
    marked += unescaped(text.slice(at, from)) + markOf(parts.push(text.slice(from, to)));
    at = to;
  }
  return { text: marked + unescaped(text.slice(at)), parts };
}

/** Puts the pattern back into a rewrite. Braces that the model added are escaped, and never become a choice. */
export function restorePatterns(rewrite: string, original: string, lists: readonly WordList[]): string {
  const { parts } = protectPatterns(original, lists);
  const used = new Set<number>();
  const pieces: { text: string; isPart: boolean }[] = [];
  let at = 0;
  for (const { 0: mark, 1: digits, index } of rewrite.matchAll(anyMark)) {
    const number = Number(digits);
    const part = parts[number - 1];
    pieces.push({ text: rewrite.slice(at, index), isPart: false });
    // The same choice twice would multiply the combinations.
    if (part !== undefined && !used.has(number)) pieces.push({ text: part, isPart: true });
    used.add(number);
    at = index + mark.length;
  }
  pieces.push({ text: rewrite.slice(at), isPart: false });
  const plain = pieces.map(({ text }) => text).join('');
  const isKept = samePatterns(
    plain,
    pieces.flatMap(({ text, isPart }) => (isPart ? [text] : [])),
    lists,
  );
  const text = isKept
    ? plain
    : pieces.map(({ text: piece, isPart }) => (isPart ? piece : escapeAll(piece, lists))).join('');
  const start = text === '' ? '' : (command.exec(original)?.[0].trimStart() ?? '');
  return start + text;
}

/** Returns the parts of a draft's pattern that a rewrite of it lacks. */
export function missingParts(rewrite: string, original: string, lists: readonly WordList[]): string[] {
  const partsOf = (text: string) => findPatternParts(text, lists).map(({ from, to }) => text.slice(from, to));
  const left = partsOf(rewrite);
  return partsOf(original).filter((part) => {
    const at = left.indexOf(part);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Returns whether the parser sees exactly these choices and lists in a text, and no backslashes. */
function samePatterns(text: string, expected: readonly string[], lists: readonly WordList[]): boolean {
  const found = findPatternParts(text, lists);
  if (found.length !== expected.length) return false;
  if (found.some(({ from, to }, index) => text.slice(from, to) !== expected[index])) return false;
  let rest = text;
  for (const { from, to } of found.toReversed()) rest = `${rest.slice(0, from)} ${rest.slice(to)}`;
  return unescaped(rest) === rest;
}

/** Escapes every brace and bar, because those of two pieces could form a choice together. */
function escapeAll(text: string, lists: readonly WordList[]): string {
  const escaped = escapePattern(text, lists);
  return escaped === text ? text.replace(/[{}|]/g, '\\$&') : escaped;
}

function unescaped(text: string): string {
  return text.replace(/\\([{}|])/g, '$1');
}
