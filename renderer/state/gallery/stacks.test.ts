import { beforeEach, expect, test } from 'vitest';
import {
  addStacks,
  countHidden,
  countSelected,
  hiddenUnderAll,
  restacked,
  type Stacks,
  stacksOf,
  withHidden,
  withoutPictures,
} from './stacks';

let stacks: Stacks;

beforeEach(() => {
  stacks = stacksOf([
    ['a', 'b', 'c'],
    ['d', 'e'],
  ]);
});

const shown = ({ under }: Stacks) => [...under];

/** Checks that both maps are consistent. */
function expectConsistent({ under, topOf }: Stacks): void {
  const pairs = [...under].flatMap(([top, others]) => others.map((id) => [id, top]));
  expect([...topOf].toSorted()).toEqual(pairs.toSorted());
}

test('a list of one picture is not a stack', () => {
  const all = addStacks(stacksOf(), [['a', 'b'], ['c'], []]);
  expect(shown(all)).toEqual([['a', ['b']]]);
  expect(countHidden(stacks)).toBe(3);
  expect(addStacks(all, [['c']])).toBe(all);
});

test('new lists replace exactly the stacks with one of their pictures', () => {
  const changed = restacked(stacks, [['c', 'a'], ['b']]);
  expect(changed).not.toBe(stacks);
  expect(shown(changed)).toEqual([
    ['d', ['e']],
    ['c', ['a']],
  ]);
  const apart = restacked(changed, [['e'], ['d']]);
  expect(apart).not.toBe(changed);
  expect(shown(apart)).toEqual([['c', ['a']]]);
  expectConsistent(apart);
  expect(restacked(apart, [['x'], ['y']])).toBe(apart);
});

test('a removed picture leaves its stack, and a removed top picture uncovers the others', () => {
  expect(withoutPictures(stacks, ['x'])).toEqual({ stacks, uncovered: [] });
  const { stacks: left, uncovered } = withoutPictures(stacks, ['b', 'd']);
  expect(shown(left)).toEqual([['a', ['c']]]);
  expect(uncovered).toEqual(['e']);
  expectConsistent(left);
  expect(shown(withoutPictures(left, ['a', 'c']).stacks)).toEqual([]);
});

test('a selection of stacks includes all of their pictures', () => {
  expect(withHidden(stacks, ['x', 'a'])).toEqual(['x', 'a', 'b', 'c']);
  expect(countSelected(stacks, new Set(['x', 'a']))).toEqual({ pictures: 4, stacks: 1, inStacks: 3 });
  expect(countSelected(stacks, new Set(['x']))).toEqual({ pictures: 1, stacks: 0, inStacks: 0 });
  const most = new Set(['x', 'y', 'z', 'd']);
  expect(countSelected(stacks, most)).toEqual({ pictures: 5, stacks: 1, inStacks: 2 });
  expect(hiddenUnderAll(stacks, most)).toEqual(['e']);
  expect(hiddenUnderAll(stacks, new Set(['a']))).toEqual(['b', 'c']);
});

test('a change of a few pictures does not iterate over other stacks', () => {
  const walk = () => {
    throw new Error('The stacks were walked.');
  };
  for (const map of [stacks.under, stacks.topOf]) {
    Object.assign(map, {
      ...{ entries: walk, keys: walk, values: walk, forEach: walk },
      [Symbol.iterator]: walk,
    });
  }
  const changed = restacked(addStacks(stacks, [['f', 'g']]), [['c', 'a'], ['b']]);
  const { stacks: left } = withoutPictures(changed, ['e', 'x']);
  expect(countSelected(left, new Set(['c']))).toEqual({ pictures: 2, stacks: 1, inStacks: 2 });
  expect(left.under.get('f')).toEqual(['g']);
  expect(left.under.has('d')).toBe(false);
});
