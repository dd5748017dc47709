import { describe, expect, test } from 'vitest';
import { findPatternParts, parsePattern } from './prompt-patterns';
import { missingParts, protectPatterns, restorePatterns } from './protect-patterns';

const lists = [{ name: 'animal', words: ['fox', 'owl'] }];

function partsOf(text: string): string[] {
  return findPatternParts(text, lists).map(({ from, to }) => text.slice(from, to));
}

describe('the parts of a pattern', () => {
  test.each([
    ['{red|blue} fox in {snow|sand}', ['{red|blue}', '{snow|sand}']],
    ['a {big {red|blue}|small} __animal__', ['{big {red|blue}|small}', '__animal__']],
    ['{ {a|b} }', ['{a|b}']],
    ['{ {a|b}', ['{a|b}']],
    ['{|} {} {a} \\{a\\|b\\} __nothing__ \\__animal__', []],
    ['{{}|}', ['{{}|}']],
    ['{__animal__|}', ['{__animal__|}']],
    ['a|b } c', []],
  ])('of %s are %j', (text, expected) => {
    expect(partsOf(text)).toEqual(expected);
  });

  test('include everything that makes a text a pattern, for any braces', () => {
    const alphabet = ['{', '|', '}', '\\', 'a', '__animal__'];
    // Tests every text of up to five of these characters.
    for (let number = 0; number < alphabet.length ** 5; number += 1) {
      let text = '';
      for (let rest = number; rest > 0; rest = Math.floor(rest / alphabet.length))
        text += alphabet[rest % alphabet.length];
      const found = findPatternParts(text, lists);
      const without = found
        .toReversed()
        .reduce((left, { from, to }) => `${left.slice(0, from)}x${left.slice(to)}`, text);
      if (found.length > 0 !== parsePattern(text, lists).isPattern) expect.unreachable(text);
      if (parsePattern(without, lists).isPattern) expect.unreachable(`${text} leaves ${without}`);
    }
  });
});

describe('a rewrite', () => {
  test('gets marks in place of the pattern, which is restored afterwards', () => {
    const draft = '/image {red|blue} fox and __animal__ \\{here\\}';
    expect(protectPatterns(draft, lists)).toEqual({
      text: '⟦1⟧ fox and ⟦2⟧ {here}',
      parts: ['{red|blue}', '__animal__'],
    });
    const restored = restorePatterns('A ⟦ 1 ⟧ fox beside an ⟦2⟧, {here}', draft, lists);
    expect(restored).toBe('/image A {red|blue} fox beside an __animal__, {here}');
    expect(missingParts(restored, draft, lists)).toEqual([]);
  });

  test('reports missing parts, and contains none of them twice', () => {
    const restored = restorePatterns('⟦2⟧ and ⟦2⟧ ⟦9⟧.', '{a|b} {c|d}', lists);
    expect(restored).toBe('{c|d} and  .');
    expect(missingParts(restored, '{a|b} {c|d}', lists)).toEqual(['{a|b}']);
    expect(missingParts('{a|b}', '{a|b} and {a|b}', lists)).toEqual(['{a|b}']);
  });

  test.each([
    ['a {wild|tame} fox', '⟦1⟧ fox'],
    ['{ ⟦1⟧ | wild }', '⟦1⟧ fox'],
    ['an __animal__ | owl', '⟦1⟧ fox'],
    ['\\{a|b\\}', '⟦1⟧ fox'],
  ])('adds no choice by %s', (rewrite) => {
    const text = restorePatterns(rewrite, '{red|blue} fox', lists);
    const expected = rewrite.includes('⟦1⟧') ? ['{red|blue}'] : [];
    expect(partsOf(text)).toEqual(expected);
  });

  test('stays as it is without a pattern', () => {
    expect(restorePatterns('Ein roter Fuchs im Schnee', 'fuchs', lists)).toBe('Ein roter Fuchs im Schnee');
    expect(restorePatterns('', '/image fuchs', lists)).toBe('');
  });
});
