import { expect, test } from 'vitest';
import { optionAfterKey } from './active-option';

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
