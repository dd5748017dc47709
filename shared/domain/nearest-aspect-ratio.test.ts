import { expect, test } from 'vitest';
import { nearestAspectRatio } from './nearest-aspect-ratio';

test.each([
  [512, 512, '1:1'],
  [512, 768, '2:3'],
  [768, 512, '3:2'],
  [4_000, 3_000, '4:3'],
  [1_080, 1_920, '9:16'],
  [10_000, 10, '8:1'],
  [1024, 1280, '4:5'],
] as const)('the aspect ratio nearest to %i × %i is %s', (width, height, ratio) => {
  expect(nearestAspectRatio({ width, height })).toBe(ratio);
});
