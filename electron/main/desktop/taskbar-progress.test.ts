import { expect, test } from 'vitest';
import { advance, nothingUnderWay, type Progress, progressBar } from './taskbar-progress';

const begun = (id: string) => ({ id, isUnderWay: true });
const ended = (id: string) => ({ id, isUnderWay: false });

test('one picture: unknown where the system can show that, begun elsewhere, then gone', () => {
  // The queue tells of it before it counts it, and again when it has let it go.
  const one = advance(nothingUnderWay, begun('a'), []);
  expect(progressBar(one, true)).toBe(2);
  expect(progressBar(one, false)).toBe(0);
  expect(progressBar(advance(one, ended('a'), []), true)).toBe(-1);
});

test('four pictures: so many of all', () => {
  const steps: Progress[] = [advance(nothingUnderWay, begun('a'), ['b', 'c', 'd'])];
  const left = ['a', 'b', 'c', 'd'];
  for (const id of ['a', 'b', 'c', 'd']) {
    left.shift();
    steps.push(advance(steps.at(-1) ?? nothingUnderWay, ended(id), left));
  }
  expect(steps.map((step) => progressBar(step, true))).toEqual([2, 0.25, 0.5, 0.75, -1]);
});

test('what is asked for meanwhile counts too', () => {
  const half = { done: 1, underWay: new Set(['b']) };
  expect(progressBar(advance(half, begun('c'), ['b', 'd']), true)).toBe(0.25);
});

test('a picture of long ago that is told of again is none that has ended now', () => {
  const half = { done: 1, underWay: new Set(['b']) };
  expect(progressBar(advance(half, ended('old'), ['b']), true)).toBe(0.5);
});

test('after the last one it starts anew', () => {
  const over = advance({ done: 7, underWay: new Set(['h']) }, ended('h'), []);
  expect(progressBar(advance(over, begun('i'), []), true)).toBe(2);
});
