// How the strips and tiles of a TIFF are unpacked: in bands of few rows, however large they are.
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bandsOf } from '../../electron/generator/codec/convert/tiff-bands';
import { directoryOf } from '../../electron/generator/codec/convert/tiff-directory';
import { unpack, unpackParts } from '../../electron/generator/codec/convert/tiff-unpack';
import { createRandom } from '../harness/random';
import { buildTiff, type TiffKind, type TiffLayout } from './build-foreign';
import { raster } from './corpus';
import { size } from './expected';
import { compressBlock, packLzw, type TiffCompression } from './tiff-blocks';

const compressions = [undefined, 'deflate', 'lzw', 'packBits'] as const;
const codes: Readonly<Record<TiffCompression, number>> = { lzw: 5, deflate: 8, packBits: 32_773 };

async function readBands(tiff: Uint8Array, samplesAtOnce?: number) {
  const bands: { top: number; rows: number; data: number[] }[] = [];
  for await (const { top, rows, data } of bandsOf(tiff, directoryOf(tiff), samplesAtOnce))
    bands.push({ top, rows, data: [...data] });
  return bands;
}

const oneTile = { width: size.width + 16, height: size.height + 16 };
test.each<[string, TiffKind, TiffLayout]>([
  ['one strip', 'rgb', {}],
  ['one strip of sixteen bits', 'rgb16', { isPredicted: true }],
  ['strips of many rows', 'rgb', { rowsPerStrip: 100 }],
  ['one strip for each plane', 'rgb', { isPlanar: true }],
  ['one tile', 'rgb', { tile: oneTile }],
  ['few large tiles', 'rgb', { tile: { width: 128, height: 112 } }],
])('%s is read in bands of few rows, with the same samples', async (_what, kind, layout) => {
  for (const compression of compressions) {
    const tiff = buildTiff(raster(), kind, { ...layout, ...(compression && { compression }) });
    const whole = await readBands(tiff);
    const bands = await readBands(tiff, size.width * 3 * 20);
    expect(Math.max(...bands.map(({ rows }) => rows))).toBe(20);
    let next = 0;
    for (const { top, rows } of bands) {
      expect(top).toBe(next);
      next += rows;
    }
    expect(next).toBe(size.height);
    expect(bands.flatMap(({ data }) => data)).toEqual(whole.flatMap(({ data }) => data));
  }
});

describe('a strip', () => {
  const random = createRandom(7);
  // Long runs, repetitions and noise, so that LZW has codes of all lengths and empties its table several times.
  const bytes = Uint8Array.from({ length: 200_000 }, (_, at) => {
    if (at < 40_000) return 7;
    return at < 120_000 ? (at * 7) % 251 : Math.floor(random() * 256);
  });

  test.each(['deflate', 'lzw', 'packBits'] as const)(
    'of %s is unpacked, at once and in parts',
    async (kind) => {
      const packed = compressBlock(Buffer.from(bytes), kind);
      expect(Buffer.from(unpack(packed, codes[kind], bytes.length)).equals(bytes)).toBe(true);
      const parts: Uint8Array[] = [];
      for await (const part of unpackParts(packed, codes[kind], bytes.length, 70_001)) parts.push(part);
      expect(parts.map(({ length }) => length)).toEqual([70_001, 70_001, 59_998]);
      expect(Buffer.concat(parts).equals(bytes)).toBe(true);
    },
  );

  test('that unpacks to more than its rows is refused, or ends with them', async () => {
    for (const kind of ['deflate', 'packBits'] as const) {
      const packed = compressBlock(Buffer.from(bytes), kind);
      expect(() => unpack(packed, codes[kind], 1000)).toThrow();
      await expect(unpackParts(packed, codes[kind], 1000, 100_000).next()).rejects.toThrow();
    }
    expect(unpack(packLzw(bytes), codes.lzw, 1000)).toHaveLength(1000);
  });

  test('of LZW with a code that its table does not have is refused', () => {
    expect(() => unpack(Buffer.of(0x80, 0x4b, 0), codes.lzw, 1000)).toThrow('its table does not have');
  });

  test('of an unknown compression is refused', () => {
    expect(() => unpack(deflateSync(bytes), 7, bytes.length)).toThrow('The compression is unknown.');
  });
});
