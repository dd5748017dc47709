import { expect, test } from 'vitest';
import { tileVariants } from './tile-variants';

const square = { width: 1024, height: 1024 };

test.each([
  ['a small tile', { width: 120, height: 120 }, square, 1, ['256', null]],
  ['the same on a screen with small pixels', { width: 120, height: 120 }, square, 2, ['256', null]],
  ['a tile as wide as its thumbnail', { width: 256, height: 256 }, square, 2, ['512', null]],
  ['a little wider', { width: 300, height: 300 }, square, 2, ['512', null]],
  ['much wider', { width: 380, height: 253 }, { width: 1536, height: 1024 }, 2, ['512', '1024']],
  [
    'a large tile on a large window',
    { width: 855, height: 570 },
    { width: 6000, height: 4000 },
    1,
    ['512', '1024'],
  ],
  [
    'a panorama, of which a tile shows the middle',
    { width: 634, height: 176 },
    { width: 1791, height: 310 },
    1,
    ['512', '1024'],
  ],
  [
    'a strip, of which a small tile shows the middle',
    { width: 80, height: 222 },
    { width: 300, height: 3000 },
    1,
    ['256', '1024'],
  ],
  [
    'a picture that has no more pixels than its thumbnail',
    { width: 400, height: 400 },
    { width: 512, height: 512 },
    3,
    ['512', null],
  ],
  ['a picture that is not known yet', { width: 400, height: 400 }, undefined, 3, ['512', null]],
] as const)('%s', (_name, tile, picture, density, variants) => {
  expect(tileVariants(tile, picture, density)).toEqual(variants);
});
