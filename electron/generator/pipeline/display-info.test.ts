import { describe, expect, test } from 'vitest';
import { displayInfoOf } from './display-info';
import { sample, withJpegSegment, withPngChunk, words } from './test-pictures';

const png = sample(60, 40).toBuffer('image/png');
const jpeg = sample(60, 40).toBuffer('image/jpeg');

/** EXIF with an orientation only: https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf */
function turned(orientation: number): Buffer {
  const entry = Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
  const tiff = Buffer.concat([Buffer.from('MM\0*'), words(8), Buffer.from([0, 1]), entry, words(0)]);
  return withJpegSegment(jpeg, 0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff]));
}

test.each([
  ['png', png],
  ['jpg', jpeg],
  ['webp', sample(60, 40).toBuffer('image/webp')],
] as const)('returns the format and the size of a complete %s', (format, bytes) => {
  expect(displayInfoOf(bytes)).toEqual({ format, width: 60, height: 40 });
});

test.each([1, 3, 5, 6, 8])('returns the upright size of a picture with orientation %i', (orientation) => {
  const [width, height] = orientation >= 5 ? [40, 60] : [60, 40];
  expect(displayInfoOf(turned(orientation))).toEqual({ format: 'jpg', width, height });
});

describe('returns null', () => {
  test.each([
    ['no bytes', Buffer.alloc(0)],
    ['text', Buffer.from('<html>an error page</html>')],
    ['a PNG that breaks off', png.subarray(0, -20)],
    ['a JPEG without its end marker', jpeg.subarray(0, -2)],
  ])('for %s', (_name, bytes) => {
    expect(displayInfoOf(bytes)).toBeNull();
  });

  test('for more pixels than may be decoded', () => {
    const large = Buffer.from(png);
    large.writeUInt32BE(60_000, 16);
    large.writeUInt32BE(60_000, 20);
    expect(displayInfoOf(large)).toBeNull();
    expect(displayInfoOf(withPngChunk(png, 'tEXt', Buffer.from('a\0b')))).not.toBeNull();
  });
});
