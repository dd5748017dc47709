import { expect, test } from 'vitest';
import { keyAlongLine, leftOfAligned } from './direction';

test('arrow keys along a line change places from right to left, and no other key does', () => {
  const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'a'];
  expect(keys.map((key) => keyAlongLine(key, false))).toEqual(keys);
  expect(keys.map((key) => keyAlongLine(key, true))).toEqual(['ArrowRight', 'ArrowLeft', ...keys.slice(2)]);
});

test('a box that begins where another one does has the same left or right edge', () => {
  const box = { left: 100, right: 160 };
  expect(leftOfAligned(box, 40, false)).toBe(100);
  expect(leftOfAligned(box, 40, true) + 40).toBe(160);
});
