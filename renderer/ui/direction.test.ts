import { expect, test } from 'vitest';
import { keyAlongLine, leftOfAligned } from './direction';

test('swaps only the horizontal arrow keys in a right-to-left page', () => {
  const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'a'];
  expect(keys.map((key) => keyAlongLine(key, false))).toEqual(keys);
  expect(keys.map((key) => keyAlongLine(key, true))).toEqual(['ArrowRight', 'ArrowLeft', ...keys.slice(2)]);
});

test('an aligned box has the same left or right edge', () => {
  const box = { left: 100, right: 160 };
  expect(leftOfAligned(box, 40, false)).toBe(100);
  expect(leftOfAligned(box, 40, true) + 40).toBe(160);
});
