// The tokens of a prompt pattern: text, braces, bars, and names of word lists.
import { findWordList, type WordList } from './word-lists';

/** A choice, with everything in it, or the name of a list. `to` is exclusive. */
export type PatternPart = { from: number; to: number };

const plainRun = /[^\\{}|_]+/y;
export const listReference = /__([\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[-_ ][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*)__/uy;

type Token = PatternPart & {
  /** `bar` and `close` are text where no brace is open. */
  kind: 'text' | 'escaped' | 'list' | 'open' | 'bar' | 'close';
  /** The name in a text that looks like a list. */
  name?: string;
  list?: WordList;
};

const marks: Readonly<Record<string, Token['kind']>> = { '{': 'open', '|': 'bar', '}': 'close' };

/** Reads a text part by part, from its start to its end. */
export function* tokensOf(text: string, lists: readonly WordList[]): Generator<Token> {
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

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
