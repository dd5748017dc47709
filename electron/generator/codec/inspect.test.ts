import { describe, expect, test } from 'vitest';
import type { PictureFormat } from '../../../shared/domain/picture-files';
import { isoBox, noise, pngChunk, sample, webpOf, withJpegSegment, words } from '../pipeline/test-pictures';
import { inspect, maxPixels, validateImage } from './inspect';

const samples = [
  ['png', 120, 80, sample(120, 80).toBuffer('image/png')],
  ['jpg', 80, 120, sample(80, 120).toBuffer('image/jpeg')],
  ['webp', 121, 81, sample(121, 81).toBuffer('image/webp', 90)],
  ['webp', 33, 77, noise(33, 77).toBuffer('image/webp', 100)],
  ['gif', 30, 21, await sample(30, 21).encode('gif')],
  ['avif', 96, 64, await sample(96, 64).encode('avif')],
] as const;

describe.each(samples)('%s of %i x %i', (format, width, height, bytes) => {
  test('returns the size that the codec wrote', () => {
    expect(inspect(bytes)?.size).toEqual({ width, height });
    expect(validateImage(bytes)).toMatchObject({ ok: true, value: { format } });
  });

  test('returns the size of a view into a larger buffer', () => {
    const larger = Buffer.concat([Buffer.from('before'), bytes, Buffer.from('behind')]);
    expect(inspect(larger.subarray(6, 6 + bytes.length))?.size).toEqual({ width, height });
  });

  test('returns a size or null, and does not throw, for truncated and damaged bytes', () => {
    const read = (damaged: Buffer) => inspect(damaged)?.size ?? { width: 1, height: 1 };
    for (let at = 0; at < Math.min(bytes.length, 700) - 8; at += 1) {
      const flipped = Buffer.from(bytes);
      flipped[at] = 255 - (flipped[at] ?? 0);
      const filled = Buffer.from(bytes).fill(255, at, at + 8);
      for (const size of [read(bytes.subarray(0, at)), read(flipped), read(filled)]) {
        expect(size.width * size.height).toBeGreaterThan(0);
      }
    }
  });
});

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

function png(width: number, height: number): Buffer {
  const header = pngChunk('IHDR', Buffer.concat([words(width, height), Buffer.of(8, 6, 0, 0, 0)]));
  return Buffer.concat([signature, header, pngChunk('IEND', Buffer.alloc(0))]);
}

function jpeg(width: number, height: number): Buffer {
  const frame = Buffer.of(8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0);
  return withJpegSegment(Buffer.of(0xff, 0xd8, 0xff, 0xd9), 0xc2, frame);
}

function gif(width: number, height: number, frame: [number, number]): Buffer {
  const bytes = Buffer.from('GIF89a\0\0\0\0\0\0\0,\0\0\0\0\0\0\0\0\0\x02\x01\0\0;', 'latin1');
  [width, height].forEach((side, index) => {
    bytes.writeUInt16LE(side, 6 + 2 * index);
  });
  frame.forEach((side, index) => {
    bytes.writeUInt16LE(side, 18 + 2 * index);
  });
  return bytes;
}

function avif(...sizes: [number, number][]): Buffer {
  const properties = sizes.map(([width, height]) => isoBox('ispe', words(0, width, height)));
  const meta = isoBox('meta', words(0), isoBox('iprp', isoBox('ipco', ...properties)));
  return Buffer.concat([isoBox('ftyp', Buffer.from('avif\0\0\0\0')), meta, isoBox('mdat', Buffer.alloc(4))]);
}

function extended(width: number, height: number): Buffer {
  const data = Buffer.alloc(10);
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return webpOf(['VP8X', data]);
}

function lossless(width: number, height: number): Buffer {
  const data = Buffer.alloc(5, 0x2f);
  data.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
  return webpOf(['VP8L', data]);
}

describe('refuses a small file that would decode to more pixels than allowed', () => {
  test.each<[string, PictureFormat, Buffer]>([
    ['a PNG', 'png', png(20_001, 10_000)],
    ['a PNG of the maximum width', 'png', png(0xffffffff, 0xffffffff)],
    ['a JPEG', 'jpg', jpeg(65_535, 65_535)],
    ['an extended WebP', 'webp', extended(2 ** 24, 2 ** 24)],
    ['a lossless WebP', 'webp', lossless(16_384, 16_384)],
    [
      'a small WebP around a large one',
      'webp',
      webpOf(...parts(extended(8, 8)), ...parts(lossless(16_384, 16_384))),
    ],
    ['a GIF', 'gif', gif(65_535, 65_535, [1, 1])],
    ['a small GIF with a large frame', 'gif', gif(1, 1, [65_535, 65_535])],
    ['an AVIF', 'avif', avif([20_000, 20_000])],
    ['an AVIF with a small picture first', 'avif', avif([8, 8], [20_000, 20_000])],
  ])('%s', (_what, format, bytes) => {
    const inspection = inspect(bytes);
    const size = inspection?.size ?? { width: 0, height: 0 };
    expect(inspection?.format).toBe(format);
    expect(size.width * size.height).toBeGreaterThan(maxPixels);
    expect(validateImage(bytes)).toMatchObject({ ok: false, code: 'picture_too_large' });
  });

  test('accepts exactly the maximum number of pixels', () => {
    expect(validateImage(png(20_000, 10_000))).toMatchObject({ ok: true, value: { format: 'png' } });
    expect(validateImage(jpeg(20_000, 10_000))).toMatchObject({ ok: true, value: { format: 'jpg' } });
    expect(validateImage(avif([20_000, 10_000]))).toMatchObject({ ok: true, value: { format: 'avif' } });
  });
});

function parts(webp: Buffer): [string, Uint8Array][] {
  return [[webp.toString('latin1', 12, 16), webp.subarray(20, 20 + webp.readUInt32LE(16))]];
}

describe('finds no size in', () => {
  test.each<[string, Buffer]>([
    ['a PNG of zero width', png(0, 10)],
    ['a PNG of zero height', png(10, 0)],
    [
      'a PNG whose header is not first',
      Buffer.concat([signature, pngChunk('IEND', Buffer.alloc(0)), png(9, 9)]),
    ],
    ['a JPEG without a frame', Buffer.of(0xff, 0xd8, 0xff, 0xd9)],
    ['a JPEG that declares its height later', jpeg(10, 0)],
    [
      'a JPEG whose frame is too short',
      withJpegSegment(Buffer.of(0xff, 0xd8, 0xff, 0xd9), 0xc0, Buffer.of(8)),
    ],
    ['a WebP without a picture', webpOf(['EXIF', Buffer.alloc(40)])],
    ['a GIF of zero width', gif(0, 10, [0, 1])],
    ['an AVIF without a size', avif()],
    ['an AVIF whose size is outside its place', Buffer.concat([avif(), isoBox('ispe', words(0, 9, 9))])],
  ])('%s', (_what, bytes) => {
    expect(validateImage(bytes)).toMatchObject({ ok: false, code: 'unreadable_picture' });
  });
});

test('ignores the size of a JPEG’s embedded preview', () => {
  const preview = jpeg(16, 16);
  expect(inspect(withJpegSegment(jpeg(65_000, 65_000), 0xe1, preview))?.size).toEqual({
    width: 65_000,
    height: 65_000,
  });
});
