import { expect, test } from 'vitest';
import {
  addStacks,
  countHidden,
  countSelected,
  restacked,
  type Stacks,
  withHidden,
  withoutPictures,
} from './stacks';

const stacks: Stacks = new Map([
  ['a', ['b', 'c']],
  ['d', ['e']],
]);

test('a list of one picture is no stack', () => {
  const all = new Map<string, readonly string[]>();
  addStacks(all, [['a', 'b'], ['c'], []]);
  expect([...all]).toEqual([['a', ['b']]]);
  expect(countHidden(stacks)).toBe(3);
});

test('what is read anew replaces every stack that has one of its pictures, and nothing else', () => {
  expect([...restacked(stacks, [['c', 'a'], ['b']])]).toEqual([
    ['d', ['e']],
    ['c', ['a']],
  ]);
  expect([...restacked(stacks, [['e'], ['d']])]).toEqual([['a', ['b', 'c']]]);
});

test('a removed picture leaves its stack, and one on top uncovers the others', () => {
  expect(withoutPictures(stacks, ['x'])).toEqual({ stacks, uncovered: [] });
  const { stacks: left, uncovered } = withoutPictures(stacks, ['b', 'd']);
  expect([...left]).toEqual([['a', ['c']]]);
  expect(uncovered).toEqual(['e']);
});

test('a selection of stacks means all of their pictures', () => {
  expect(withHidden(stacks, ['x', 'a'])).toEqual(['x', 'a', 'b', 'c']);
  expect(countSelected(stacks, new Set(['x', 'a']))).toEqual({ pictures: 4, stacks: 1, inStacks: 3 });
  expect(countSelected(stacks, new Set(['x']))).toEqual({ pictures: 1, stacks: 0, inStacks: 0 });
});
