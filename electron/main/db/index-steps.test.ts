import { expect, test } from 'vitest';
import { takeStep } from './index-steps';

test.each([
  ['all of a few short texts', [10, 20, 30], 3],
  ['as many as fill it', [1000, 200, 600, 10], 2],
  ['a long text alone', [20_000, 10], 1],
  ['nothing behind which a long text would follow', [10, 20_000, 10], 1],
  ['nothing of nothing', [], 0],
])('a step takes %s', (_what, lengths, count) => {
  expect(takeStep(lengths, (length) => length)).toEqual(lengths.slice(0, count));
});
