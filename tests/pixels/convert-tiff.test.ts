// The conversion of an imported TIFF or BMP.
import { describe, expect, test } from 'vitest';
import { convert } from '../../electron/generator/codec/convert/convert';
import { foreignFormatOf } from '../../shared/domain/picture-bytes/foreign-format';
import { type BmpKind, buildBmp, buildTiff, type TiffKind, type TiffLayout } from './build-foreign';
import { raster } from './corpus';
import { expectShown, inP3, p3 } from './expect-shown';
import { differenceOf, expectedOf, size } from './expected';
import { readQuarters } from './read-quarters';

test('a picture larger than what is drawn at once is whole, upright and in sRGB', async () => {
  const [width, height] = [2400, 3600];
  const { at } = raster();
  const large = {
    ...{ width, height },
    at: (x: number, y: number) =>
      at(Math.floor((x * size.width) / width), Math.floor((y * size.height) / height)),
  };
  const converted = await convert(buildTiff(large, 'rgb', { orientation: 6, icc: p3 }), 'tiff');
  if (typeof converted === 'string') throw new Error(converted);
  const shown = await readQuarters(converted.bytes);
  const expected = expectedOf({ orientation: 6, colours: 'P3' });
  expect(differenceOf(shown, { ...expected, width: height, height: width })).toBeNull();
});

test('a BMP is converted, also one whose rows begin at the top', async () => {
  await expectShown(buildBmp(raster()), 'bmp');
  const upsideDown = buildBmp(raster());
  upsideDown.writeInt32LE(-size.height, 22);
  await expectShown(upsideDown, 'bmp', expectedOf({ orientation: 4, colours: 'sRGB' }));
});

test.each<BmpKind>(['565', '8888', 'palette', 'rle8'])('a BMP of kind %s is converted', async (kind) => {
  await expectShown(buildBmp(raster(), kind), 'bmp');
});

test.each<BmpKind>(['565', '8888', 'palette', 'rle8'])(
  'a BMP of kind %s that breaks off is refused',
  async (kind) => {
    const bytes = buildBmp(raster(), kind);
    expect(await convert(bytes.subarray(0, bytes.length - 100), 'bmp')).toBe('truncated');
  },
);

describe('a TIFF', () => {
  test.each<[TiffKind, Partial<Parameters<typeof expectedOf>[0]>]>([
    ['rgb', {}],
    ['rgba', { alpha: 128 }],
    ['rgb16', {}],
    ['premultiplied', { alpha: 128 }],
    ['grey', { isGrey: true }],
    ['grey16', { isGrey: true }],
    ['palette', {}],
    ['cmyk', {}],
    ['white is zero', { isGrey: true }],
  ])('of kind %s is converted', async (kind, details) => {
    const hasAlpha = kind === 'rgba' || kind === 'premultiplied';
    const bytes = buildTiff(raster({ alpha: hasAlpha ? 128 : 255 }), kind);
    await expectShown(bytes, 'tiff', expectedOf({ orientation: 1, colours: 'sRGB', ...details }));
  });

  test.each([2, 3, 4, 5, 6, 7, 8])('of orientation %i is turned upright', async (orientation) => {
    const bytes = buildTiff(raster(), 'rgb', { orientation });
    await expectShown(bytes, 'tiff', expectedOf({ orientation, colours: 'sRGB' }));
  });

  const tile = { width: 64, height: 48 };
  const odd = { width: 112, height: 80 };
  test.each<[TiffKind, TiffLayout]>([
    ['rgb', { rowsPerStrip: 7 }],
    ['rgb', { rowsPerStrip: 7, compression: 'packBits' }],
    ['rgb', { rowsPerStrip: 7, compression: 'lzw', isPredicted: true }],
    ['rgb16', { rowsPerStrip: 7, compression: 'deflate', isPredicted: true }],
    ['rgb', { isPlanar: true }],
    ['rgb16', { isPlanar: true, rowsPerStrip: 7, compression: 'deflate', isPredicted: true }],
    ['cmyk', { isPlanar: true, rowsPerStrip: 7 }],
    ['rgb', { tile }],
    ['rgb', { tile: odd }],
    ['rgb', { tile: odd, compression: 'lzw' }],
    ['rgb', { tile: { width: 320, height: 48 } }],
    ['rgb16', { tile: odd, compression: 'deflate', isPredicted: true }],
    ['rgb', { tile: odd, isPlanar: true, compression: 'packBits' }],
    ['palette', { tile: odd, compression: 'deflate' }],
    ['cmyk', { tile: odd, compression: 'deflate' }],
  ])('of kind %s is put together from %j', async (kind, layout) => {
    await expectShown(buildTiff(raster(), kind, layout), 'tiff');
  });

  test.each<[TiffKind, TiffLayout]>([
    ['grey', { tile: odd, compression: 'lzw', isPredicted: true }],
    ['grey16', { tile: odd, compression: 'deflate', isPredicted: true }],
    ['white is zero', { tile: odd }],
  ])('of kind %s is put together from %j, in grey', async (kind, layout) => {
    const expected = expectedOf({ orientation: 1, colours: 'sRGB', isGrey: true });
    await expectShown(buildTiff(raster(), kind, layout), 'tiff', expected);
  });

  test('of tiles is turned upright, in sRGB and with its alpha', async () => {
    const turned = buildTiff(raster(), 'rgb', { tile: odd, orientation: 6, icc: p3 });
    await expectShown(turned, 'tiff', expectedOf({ orientation: 6, colours: 'P3' }));
    const planes = buildTiff(raster({ alpha: 128 }), 'premultiplied', { tile: odd, isPlanar: true });
    await expectShown(planes, 'tiff', expectedOf({ orientation: 1, colours: 'sRGB', alpha: 128 }));
  });

  test.each<[string, TiffLayout]>([
    ['strips', { rowsPerStrip: 7 }],
    ['tiles', { tile }],
    ['planes', { isPlanar: true }],
  ])('that ends among its %s, or has fewer than it needs, is refused', async (_what, layout) => {
    const whole = buildTiff(raster(), 'rgb', layout);
    const taller = changeFields(whole, (tag, value) => (tag === 257 ? value + 200 : value));
    expect(await convert(taller, 'tiff')).toBe('unreadable');
    const beyond = changeFields(whole, (tag, value) => ([273, 324].includes(tag) ? value + 1e8 : value));
    expect(await convert(beyond, 'tiff')).toBe('unreadable');
  });

  test('that breaks off before its directory is refused', async () => {
    const whole = buildTiff(raster(), 'rgb');
    expect(await convert(whole.subarray(0, whole.length / 2), 'tiff')).toBe('truncated');
  });

  test('whose strip unpacks to more than its rows is refused', async () => {
    const whole = buildTiff(raster(), 'rgb', { compression: 'deflate' });
    const narrow = changeFields(whole, (tag, value) => (tag === 256 ? 8 : value));
    expect(await convert(narrow, 'tiff')).toBe('unreadable');
  });

  test('whose inks are others is refused and not shown wrong', async () => {
    const fewInks = changeFields(buildTiff(raster(), 'rgb'), (tag, value) => (tag === 262 ? 5 : value));
    expect(await convert(fewInks, 'tiff')).toBe('unreadable');
  });

  test.each([
    ['have a sign', 'rgb', 2],
    ['are short and have a point', 'rgb16', 3],
  ] as const)('whose samples %s is refused and not shown wrong', async (_what, kind, sampleFormat) => {
    expect(await convert(buildTiff(raster(), kind, { sampleFormat }), 'tiff')).toBe('unreadable');
    expect(await convert(buildTiff(raster(), kind, { sampleFormat: 1 }), 'tiff')).toMatchObject({});
  });

  test('of the form for more than 4 GB is known as one, and refused', async () => {
    const large = Buffer.concat([
      Buffer.from('II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0', 'latin1'),
      Buffer.alloc(64),
    ]);
    expect(foreignFormatOf(large)).toBe('tiff');
    expect(await convert(large, 'tiff')).toBe('unreadable');
  });

  test('with a profile is converted to sRGB', async () => {
    await expectShown(buildTiff(raster(), 'rgb', { icc: p3 }), 'tiff', inP3);
  });

  test('of several pages shows the first and says so, but not of small versions of it', async () => {
    const one = buildTiff(raster(), 'rgb');
    expect(await convert(one, 'tiff')).toMatchObject({ leftOut: [] });
    expect(await convert(withSecondPage(one, 0), 'tiff')).toMatchObject({ leftOut: ['pages'] });
    expect(await convert(withSecondPage(one, 1), 'tiff')).toMatchObject({ leftOut: [] });
    expect(await convert(buildTiff(raster(), 'cmyk'), 'tiff')).toMatchObject({ leftOut: ['inks'] });
  });

  test('of more pixels than are converted is refused before it is decoded', async () => {
    const bytes = buildTiff(raster(), 'rgb');
    const directory = bytes.readUInt32LE(4);
    bytes.writeUInt32LE(40_000, directory + 2 + 8);
    bytes.writeUInt32LE(40_000, directory + 2 + 12 + 8);
    expect(await convert(bytes, 'tiff')).toBe('too-large-to-convert');
  });
});

/** Returns a copy in which the values of fields that are in the directory itself, or their places, are others. */
function changeFields(tiff: Buffer, change: (tag: number, value: number) => number): Buffer {
  const copy = Buffer.from(tiff);
  const start = copy.readUInt32LE(4) + 2;
  for (let index = 0; index < copy.readUInt16LE(start - 2); index += 1) {
    const at = start + 12 * index;
    copy.writeUInt32LE(change(copy.readUInt16LE(at), copy.readUInt32LE(at + 8)), at + 8);
  }
  return copy;
}

/** Returns a TIFF with a directory of one entry behind its own, and none behind that. @param kind 1: a smaller version. */
function withSecondPage(tiff: Buffer, kind: 0 | 1): Buffer {
  const first = tiff.readUInt32LE(4);
  const second = Buffer.alloc(2 + 12 + 4);
  second.writeUInt16LE(1, 0);
  second.writeUInt16LE(254, 2);
  second.writeUInt16LE(4, 4);
  second.writeUInt32LE(1, 6);
  second.writeUInt32LE(kind, 10);
  const copy = Buffer.concat([tiff, second]);
  copy.writeUInt32LE(tiff.length, first + 2 + 12 * tiff.readUInt16LE(first));
  return copy;
}
