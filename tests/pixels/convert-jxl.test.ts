// The conversion of an imported JPEG XL, whose size is known before.
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { convert } from '../../electron/generator/codec/convert/convert';
import { inspect } from '../../shared/domain/picture-bytes/inspect';
import { jxlHeader } from '../../shared/domain/picture-bytes/jxl-header';
import { expectShown, fixture } from './expect-shown';
import { differenceOf, expectedOf, size } from './expected';
import { jxlEncoder } from './jxl-encoder';
import { readQuarters } from './read-quarters';

describe('a JPEG XL', async () => {
  const encode = await jxlEncoder();

  test('is converted', async () => {
    const bytes = encode(size.width, size.height);
    expect(jxlHeader(bytes)).toEqual({ ...size, isAnimated: false });
    await expectShown(bytes, 'jxl');
  });

  test.each([
    [1, 1],
    [8, 8],
    [16, 8],
    [256, 256],
    [257, 3],
    [1000, 750],
    [5000, 3],
    [3, 5000],
  ])('of %i x %i has this size by its header', (width, height) => {
    expect(jxlHeader(encode(width, height))).toEqual({ width, height, isAnimated: false });
  });

  test('of more pixels than are converted is refused before it is decoded', async () => {
    expect(await convert(withSize(encode(8, 6), 20_000, 20_000), 'jxl')).toBe('too-large-to-convert');
  });

  test('of 150 megapixels is converted in bands, to a format that has room for it', async () => {
    const flat = fixture('flat-150-megapixels.jxl', 'limits');
    let bands = 0;
    const converted = await convert(flat, 'jxl', () => {
      bands += 1;
    });
    if (typeof converted === 'string') throw new Error(converted);
    expect(bands).toBeGreaterThan(10);
    expect(inspect(converted.bytes)).toMatchObject({
      format: 'jpg',
      size: { width: 12_500, height: 12_000 },
    });
  });

  test('of several bands has all of its pixels, and one that breaks off is refused', async () => {
    const { width, height } = { width: 8000, height: 1500 };
    const bytes = encode(width, height);
    const converted = await convert(bytes, 'jxl');
    if (typeof converted === 'string') throw new Error(converted);
    const part = createCanvas(size.width, size.height);
    const pen = part.getContext('2d');
    pen.drawImage(await loadImage(converted.bytes), 0, 0, size.width, size.height);
    const { quarters } = expectedOf({ orientation: 1, colours: 'sRGB' });
    expect(differenceOf(await readQuarters(part.encodeSync('png')), { ...size, quarters })).toBeNull();
    expect(await convert(bytes.subarray(0, bytes.length / 2), 'jxl')).toBe('truncated');
  });

  test('whose header lies by less is unreadable, and the next one is converted', async () => {
    expect(await convert(withSize(encode(8, 6), 1000, 900), 'jxl')).toBe('unreadable');
    await expectShown(encode(size.width, size.height), 'jxl');
  });

  test('that moves says that it stands still', async () => {
    const [still, moving] = ['still', 'moving'].map((name) => fixture(`${name}.jxl`));
    expect(await convert(still ?? Buffer.of(), 'jxl')).toMatchObject({ leftOut: [] });
    expect(await convert(moving ?? Buffer.of(), 'jxl')).toMatchObject({ leftOut: ['frames'] });
  });
});

/** Returns a JPEG XL with another size in its header, and the rest as it was. */
function withSize(bytes: Buffer, width: number, height: number): Buffer {
  const bitsOf = (value: number, count: number) =>
    Array.from({ length: count }, (_, bit) => Math.floor(value / 2 ** bit) % 2);
  const all = [...bytes.subarray(2)].flatMap((byte) => bitsOf(byte, 8));
  const isSmall = all[0] === 1;
  // Its own sides are multiples of eight, or have nine bits each; no ratio.
  const headerLength = isSmall ? 1 + 5 + 3 + 5 : 1 + 2 + 9 + 3 + 2 + 9;
  const side = (value: number) => [1, 1, ...bitsOf(value - 1, 30)];
  const bits = [0, ...side(height), 0, 0, 0, ...side(width), ...all.slice(headerLength)];
  const packed = Buffer.alloc(Math.ceil(bits.length / 8));
  bits.forEach((bit, index) => {
    packed[index >> 3] = (packed[index >> 3] ?? 0) | (bit << (index & 7));
  });
  return Buffer.concat([bytes.subarray(0, 2), packed]);
}
