import { expect, test } from 'vitest';
import { optionAfterKey, optionInGrid } from './active-option';

test.each([
  ['ArrowDown', 0, 3, 1],
  ['ArrowDown', 2, 3, 0],
  ['ArrowUp', 0, 3, 2],
  ['ArrowUp', 2, 3, 1],
  ['PageDown', 1, 30, 9],
  ['PageDown', 1, 3, 2],
  ['PageUp', 10, 30, 2],
  ['PageUp', 2, 3, 0],
  ['Enter', 0, 3, null],
  ['a', 0, 3, null],
])('%s from option %i of %i', (key, at, count, expected) => {
  expect(optionAfterKey(key, at, count)).toBe(expected);
});

// Two groups, one below the other: 0 1 / 2 3 / 4, and 5 6.
const places = [
  ...[0, 1, 2, 3, 4].map((at) => ({ x: (at % 2) * 100, y: Math.floor(at / 2) * 40 })),
  ...[0, 1].map((at) => ({ x: at * 100, y: 160 })),
];

test.each([
  ['ArrowDown', 0, 2],
  ['ArrowDown', 1, 3],
  // The row below has no second column.
  ['ArrowDown', 3, 4],
  ['ArrowDown', 4, 5],
  ['ArrowDown', 6, 1],
  ['ArrowUp', 6, 4],
  ['ArrowUp', 1, 6],
  ['ArrowUp', 0, 5],
  ['ArrowRight', 0, 1],
  ['ArrowRight', 1, null],
  ['ArrowRight', 4, null],
  ['ArrowLeft', 3, 2],
  ['ArrowLeft', 2, null],
  ['Enter', 0, null],
])('in rows and columns, %s moves from %i to %s', (key, at, expected) => {
  expect(optionInGrid(key, at, places)).toBe(expected);
});

test('without options, no key moves', () => {
  expect(optionInGrid('ArrowDown', 0, [])).toBeNull();
});
