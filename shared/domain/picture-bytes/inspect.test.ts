import { describe, expect, test } from 'vitest';
import {
  isoBox,
  noise,
  pngChunk,
  sample,
  webpOf,
  withJpegSegment,
  withPngChunk,
  words,
} from '../../../electron/generator/pipeline/test-pictures';
import { inspect } from './inspect';

const png = sample(12, 8).toBuffer('image/png');
const jpeg = sample(12, 8).toBuffer('image/jpeg');
const webp = sample(12, 8).toBuffer('image/webp', 90);
const gif = await sample(12, 8).encode('gif');
const avif = await sample(12, 8).encode('avif');

test.each([
  ['png', png],
  ['jpg', jpeg],
  ['webp', webp],
  ['webp', noise(12, 8).toBuffer('image/webp', 100)],
  ['gif', gif],
  ['avif', avif],
] as const)('describes a plain %s', (format, bytes) => {
  expect(inspect(bytes)).toMatchObject({
    format,
    size: { width: 12, height: 8 },
    isComplete: true,
    hasContentCredentials: false,
    isAnimated: false,
    orientation: 1,
  });
});

/** A TIFF header, then a directory with only the orientation. */
function exif(orientation: number, order: 'II' | 'MM' = 'MM'): Buffer {
  const data = Buffer.alloc(26);
  const isLittle = order === 'II';
  const short = (value: number, at: number) =>
    isLittle ? data.writeUInt16LE(value, at) : data.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    isLittle ? data.writeUInt32LE(value, at) : data.writeUInt32BE(value, at);
  data.write(order, 'latin1');
  short(42, 2);
  long(8, 4);
  short(1, 8);
  short(0x0112, 10);
  short(3, 12);
  long(1, 14);
  short(orientation, 18);
  return data;
}

describe('orientation', () => {
  const headed = (data: Buffer) => Buffer.concat([Buffer.from('Exif\0\0'), data]);

  test.each([1, 2, 3, 4, 5, 6, 7, 8] as const)('%i is read from EXIF', (orientation) => {
    for (const order of ['II', 'MM'] as const) {
      const data = exif(orientation, order);
      const files = [withPngChunk(png, 'eXIf', data), withJpegSegment(jpeg, 0xe1, headed(data))];
      for (const file of files) expect(inspect(file)?.orientation).toBe(orientation);
      // Chromium ignores it.
      const ignored = webpOf(['VP8 ', webp.subarray(20)], ['EXIF', data]);
      expect(inspect(ignored)?.orientation).toBe(1);
    }
  });

  test.each([0, 9, 65_535])('%i, which EXIF does not define, counts as upright', (orientation) => {
    expect(inspect(withPngChunk(png, 'eXIf', exif(orientation)))?.orientation).toBe(1);
  });

  test('an AVIF keeps it in the transformations of its primary item', () => {
    expect(inspect(avifWith([['irot', 1]], [1]))?.orientation).toBe(8);
    expect(inspect(avifWith([['irot', 3]], [1]))?.orientation).toBe(6);
    expect(inspect(avifWith([['imir', 1]], [1]))?.orientation).toBe(2);
    expect(
      inspect(
        avifWith(
          [
            ['irot', 1],
            ['imir', 0],
          ],
          [1, 2],
        ),
      )?.orientation,
    ).toBe(5);
    expect(
      inspect(
        avifWith(
          [
            ['irot', 3],
            ['imir', 0],
          ],
          [1, 2],
        ),
      )?.orientation,
    ).toBe(7);
  });

  test('a transformation of another item does not turn an AVIF', () => {
    expect(inspect(avifWith([['irot', 1]], []))?.orientation).toBe(1);
  });
});

/** @param indices one-based, of the primary item's properties. */
function avifWith(properties: [name: string, value: number][], indices: number[]): Buffer {
  const ipco = isoBox('ipco', ...properties.map(([name, value]) => isoBox(name, Buffer.of(value))));
  const other = Buffer.of(0, 2, 1, 1);
  const ipma = isoBox('ipma', words(0, 2), other, Buffer.of(0, 1, indices.length, ...indices));
  const meta = isoBox(
    'meta',
    words(0),
    isoBox('pitm', words(0), Buffer.of(0, 1)),
    isoBox('iprp', ipco, ipma),
  );
  return Buffer.concat([isoBox('ftyp', Buffer.from('avif\0\0\0\0')), meta, isoBox('mdat', Buffer.alloc(4))]);
}

describe('animation', () => {
  test('is known by the chunk or the brand that announces it, or by a second frame', () => {
    const frames = Buffer.concat([
      gif.subarray(0, -1),
      gif.subarray(13 + 3 * 2 ** (((gif[10] ?? 0) % 8) + 1)),
    ]);
    const sequence = Buffer.from(avif);
    sequence.write('avis', 8, 'latin1');
    const files = [
      withPngChunk(png, 'acTL', words(2, 0)),
      webpOf(['VP8X', Buffer.alloc(10)], ['ANIM', Buffer.alloc(6)]),
      frames,
      sequence,
    ];
    for (const file of files) expect(inspect(file)?.isAnimated).toBe(true);
  });
});

describe('a colour profile', () => {
  test('is known by the part that holds it', () => {
    const profile = Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1');
    const colour = (content: Buffer, index = 1) => {
      const ipma = isoBox('ipma', words(0, 1), Buffer.of(0, 1, 1, index));
      const properties = isoBox('iprp', isoBox('ipco', isoBox('colr', content)), ipma);
      return isoBox('meta', words(0), isoBox('pitm', words(0), Buffer.of(0, 1)), properties);
    };
    const head = isoBox('ftyp', Buffer.from('avif\0\0\0\0'));
    const files = [
      withPngChunk(png, 'iCCP', profile),
      withPngChunk(png, 'cICP', Buffer.of(12, 13, 0, 1)),
      withJpegSegment(jpeg, 0xe2, profile),
      webpOf(['VP8X', Buffer.alloc(10)], ['ICCP', profile]),
      Buffer.concat([head, colour(Buffer.from('prof....'))]),
      Buffer.concat([head, colour(Buffer.from('nclx\0\x0c\0\x0d\0\0\x80', 'latin1'))]),
    ];
    for (const file of files) expect(inspect(file)?.hasColourProfile).toBe(true);
    const plain = Buffer.concat([head, colour(Buffer.from('nclx\0\x01\0\x0d\0\0\x80', 'latin1'))]);
    const ofAnother = Buffer.concat([head, colour(Buffer.from('prof....'), 2)]);
    for (const file of [plain, ofAnother, png, gif]) expect(inspect(file)?.hasColourProfile).toBe(false);
  });
});

test('a PNG whose first chunk is not its header has no size', () => {
  const bytes = Buffer.concat([png.subarray(0, 8), pngChunk('tEXt', Buffer.alloc(0)), png.subarray(8)]);
  expect(inspect(bytes)).toMatchObject({ size: null, isComplete: true });
});
