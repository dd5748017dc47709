import { expect, test } from 'vitest';
import { fitsLossyWebp, fitsWebp } from './webp-limits';

test.each([
  ['a picture of a camera', { width: 8000, height: 6000 }, true, true],
  ['the longest side', { width: 16_383, height: 1 }, true, true],
  ['a longer side', { width: 1, height: 16_384 }, false, false],
  ['more blocks than a lossy one can describe', { width: 16_000, height: 12_500 }, true, false],
])('%s', (_what, size, isLossless, isLossy) => {
  expect([fitsWebp(size), fitsLossyWebp(size)]).toEqual([isLossless, isLossy]);
});
