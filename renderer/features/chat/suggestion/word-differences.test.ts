import { describe, expect, test } from 'vitest';
import { wordDifferences } from './word-differences';

const joined = (parts: readonly { text: string }[]) => parts.map(({ text }) => text).join('');
const own = (parts: readonly { text: string; isOwn: boolean }[]) =>
  parts.filter(({ isOwn }) => isOwn).map(({ text }) => text);

describe('the words of two texts', () => {
  test('are marked if only one text has them', () => {
    const { before, after, removed, added } = wordDifferences('a red fox', 'a small red fox at dawn');
    expect(own(before)).toEqual([]);
    expect(own(after)).toEqual(['small ', ' at dawn']);
    expect([removed, added]).toEqual([0, 3]);
  });

  test('share one mark if several in a row differ', () => {
    const { before, after } = wordDifferences('a fox in the snow', 'a wolf on the sand');
    expect(own(before)).toEqual(['fox in', 'snow']);
    expect(own(after)).toEqual(['wolf on', 'sand']);
  });

  test('are whole choices and lists of a pattern', () => {
    const { before, after } = wordDifferences('a {red|blue} fox', 'a {red|green} fox, __animal__');
    expect(own(before)).toEqual(['{red|blue}']);
    expect(own(after)).toEqual(['{red|green}', ', __animal__']);
  });

  test('include words in scripts without spaces', () => {
    const { after, added } = wordDifferences('赤い狐', '雪の中の赤い狐');
    expect(own(after).join('')).toContain('雪');
    expect(added).toBeGreaterThan(0);
  });

  test.each([
    ['', ''],
    ['', 'a fox'],
    ['a fox', ''],
    ['{red|blue} fox,\n at  dawn ', 'A {red|blue} fox\n\n at dawn.'],
    ['Ein Fuchs im Schnee', 'Ein roter Fuchs, tief im Schnee'],
  ])('the joined parts of %j and %j are the original texts', (first, second) => {
    const { before, after } = wordDifferences(first, second);
    expect([joined(before), joined(after)]).toEqual([first, second]);
  });

  test('all count as different in long texts with little in common', () => {
    const first = Array.from({ length: 2000 }, (_, index) => `a${index}`).join(' ');
    const second = Array.from({ length: 2000 }, (_, index) => `b${index}`).join('  ');
    const { before, after } = wordDifferences(first, second);
    expect(before).toEqual([{ text: first, isOwn: true }]);
    expect(after).toEqual([{ text: second, isOwn: true }]);
  });
});
