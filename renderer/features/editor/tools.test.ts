import { expect, test } from 'vitest';
import { maxBrush, minBrush, pressureOf, steppedBrush } from './tools';

test('a pen paints wider with more pressure, and starts without a blot', () => {
  const pen = [0, 0.25, 0.5, 1].map((pressure) => pressureOf({ pointerType: 'pen', pressure }));
  expect(pen).toEqual(pen.toSorted((a, b) => a - b));
  expect(pen[0]).toBeLessThan(0.2);
  expect(pen.at(-1)).toBe(1);
  for (const pointerType of ['mouse', 'touch'])
    expect([0, 0.5].map((pressure) => pressureOf({ pointerType, pressure }))).toEqual([1, 1]);
});

test('steps of the brush are reversible, and end at its limits', () => {
  expect(steppedBrush(steppedBrush(0.05, 3), -3)).toBeCloseTo(0.05);
  expect(steppedBrush(0.05, -100)).toBe(minBrush);
  expect(steppedBrush(0.05, 100)).toBe(maxBrush);
});
