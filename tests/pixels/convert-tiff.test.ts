// What a TIFF or a BMP is converted to when it is imported.
import { describe, expect, test } from 'vitest';
import { convert } from '../../electron/generator/codec/convert/convert';
import { foreignFormatOf } from '../../shared/domain/picture-bytes/foreign-format';
import { type BmpKind, buildBmp, buildTiff, type TiffKind } from './build-foreign';
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
    ['packed', {}],
  ])('of kind %s is converted', async (kind, details) => {
    const hasAlpha = kind === 'rgba' || kind === 'premultiplied';
    const bytes = buildTiff(raster({ alpha: hasAlpha ? 128 : 255 }), kind);
    await expectShown(bytes, 'tiff', expectedOf({ orientation: 1, colours: 'sRGB', ...details }));
  });

  test.each([2, 3, 4, 5, 6, 7, 8])('of orientation %i is turned upright', async (orientation) => {
    const bytes = buildTiff(raster(), 'rgb', { orientation });
    await expectShown(bytes, 'tiff', expectedOf({ orientation, colours: 'sRGB' }));
  });

  test('whose samples are stored apart, or whose inks are others, is refused and not shown wrong', async () => {
    expect(await convert(buildTiff(raster(), 'rgb', { planes: true }), 'tiff')).toBe('unreadable');
    const fewInks = buildTiff(raster(), 'rgb');
    const directory = fewInks.readUInt32LE(4);
    for (let at = directory + 2; at + 12 <= fewInks.length; at += 12)
      if (fewInks.readUInt16LE(at) === 262) fewInks.writeUInt16LE(5, at + 8);
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
