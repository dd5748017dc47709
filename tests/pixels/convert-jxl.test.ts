// What a JPEG XL is converted to when it is imported, and how its size is known before.
import { describe, expect, test } from 'vitest';
import { convert } from '../../electron/generator/codec/convert/convert';
import { jxlHeader } from '../../shared/domain/picture-bytes/jxl-header';
import { expectShown, fixture } from './expect-shown';
import { size } from './expected';
import { jxlEncoder } from './jxl-encoder';

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

  test('of more pixels than the decoder has memory for is refused, and the next one is converted', async () => {
    // The decoder asks for more memory than WebAssembly has, and ends in a trap.
    const flat = fixture('flat-150-megapixels.jxl', 'limits');
    expect(jxlHeader(flat)).toMatchObject({ width: 12_500, height: 12_000 });
    expect(await convert(flat, 'jxl')).toBe('too-large-to-convert');
    await expectShown(encode(size.width, size.height), 'jxl');
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
