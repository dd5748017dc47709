import { expect, test } from 'vitest';
import { advance, nothingUnderWay, progressBar } from './progress';

test('one picture: unknown where the system can show that, begun elsewhere, then gone', () => {
  const begun = advance(nothingUnderWay, 1, false);
  expect(progressBar(begun, true)).toBe(2);
  expect(progressBar(begun, false)).toBe(0);
  expect(progressBar(advance(begun, 0, true), true)).toBe(-1);
});

test('four pictures: so many of all', () => {
  const steps = [advance(nothingUnderWay, 4, false)];
  for (const left of [3, 2, 1, 0]) steps.push(advance(steps.at(-1) ?? nothingUnderWay, left, true));
  expect(steps.map((step) => progressBar(step, true))).toEqual([2, 0.25, 0.5, 0.75, -1]);
});

test('what is asked for meanwhile counts too', () => {
  const half = { done: 1, underWay: 1 };
  expect(progressBar(advance(half, 3, false), true)).toBe(0.25);
});

test('after the last one it starts anew', () => {
  const over = advance({ done: 7, underWay: 1 }, 0, true);
  expect(progressBar(advance(over, 2, false), true)).toBe(2);
});
