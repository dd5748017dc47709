import { rgbaToThumbHash } from 'thumbhash';
import { expect, test } from 'vitest';
import { hasTransparency } from './thumbhash';

/** The ThumbHash of a picture in which every second pixel has this alpha, from 0 to 255. */
function hashOf(alpha: number): string {
  const pixels = Array.from({ length: 64 }, (_, index) => [200, 40, 10, index % 2 === 0 ? 255 : alpha]);
  return btoa(String.fromCharCode(...rgbaToThumbHash(8, 8, pixels.flat())));
}

test('distinguishes pictures with transparent parts from opaque ones', () => {
  expect(hasTransparency(hashOf(255))).toBe(false);
  expect(hasTransparency(hashOf(128))).toBe(true);
  expect(hasTransparency(hashOf(0))).toBe(true);
});

test.each(['', 'A', '???', undefined])('%j is not a ThumbHash, and counts as opaque', (thumbhash) => {
  expect(hasTransparency(thumbhash)).toBe(false);
});
