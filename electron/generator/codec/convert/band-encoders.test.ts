// Pictures that are encoded in bands have the pixels that were written, however the rows are grouped.
import { createCanvas, ImageData, loadImage } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { inspect } from '../../../../shared/domain/picture-bytes/inspect';
import type { BandEncoder } from './band-encoder';
import { createJpegBands } from './jpeg-bands';
import { createPngBands } from './png-bands';

/** Returns pixels with edges, slopes and noise. */
function drawPixels(width: number, height: number, alphaOf: (at: number) => number = () => 255) {
  const rgba = new Uint8ClampedArray(width * height * 4);
  let noise = 7;
  for (let at = 0; at < width * height; at += 1) {
    noise = (noise * 1_103_515_245 + 12_345) % 2_147_483_648;
    const [x, y] = [at % width, Math.floor(at / width)];
    const colour = [(x * 3) % 256, (y * 5) % 256, (x >> 4) % 2 === (y >> 4) % 2 ? 200 : 20];
    rgba.set([...colour.map((value) => value + ((noise >> 16) % 16)), alphaOf(at)], at * 4);
  }
  return rgba;
}

/** @param rowsAtOnce number of rows written with each call. */
async function encode(encoder: BandEncoder, rgba: Uint8ClampedArray, width: number, rowsAtOnce: number) {
  for (let from = 0; from < rgba.length; from += rowsAtOnce * width * 4)
    await encoder.write(rgba.subarray(from, from + rowsAtOnce * width * 4));
  return Buffer.from(await encoder.end());
}

async function pixelsOf(bytes: Buffer) {
  const image = await loadImage(bytes);
  const pen = createCanvas(image.width, image.height).getContext('2d');
  pen.drawImage(image, 0, 0);
  return pen.getImageData(0, 0, image.width, image.height);
}

describe('a JPEG encoded in bands', () => {
  const quality = 95;

  /** Returns the JPEG that Skia makes of all pixels at once. */
  function encodeAtOnce(rgba: Uint8ClampedArray, width: number, height: number) {
    const canvas = createCanvas(width, height);
    canvas.getContext('2d').putImageData(new ImageData(rgba, width, height), 0, 0);
    return canvas.encode('jpeg', quality);
  }

  test.each([
    ['of one band', 100, 75, 75, 10_000],
    ['of one pixel', 1, 1, 1, 1],
    ['of several bands', 500, 181, 33, 500 * 64],
    ['of more bands than there are kinds of restarts', 64, 192, 192, 1],
    ['of an odd width, in single rows', 601, 131, 1, 601 * 32],
  ])('%s has the pixels of a JPEG encoded at once', async (_what, width, height, rowsAtOnce, pixels) => {
    const rgba = drawPixels(width, height);
    const encoder = createJpegBands({ width, height }, quality, pixels);
    const joined = await encode(encoder, rgba, width, rowsAtOnce);
    expect(inspect(joined)).toMatchObject({ format: 'jpg', isComplete: true, size: { width, height } });
    const [inBands, atOnce] = [
      await pixelsOf(joined),
      await pixelsOf(await encodeAtOnce(rgba, width, height)),
    ];
    expect([inBands.width, inBands.height]).toEqual([width, height]);
    expect(Buffer.compare(Buffer.from(inBands.data.buffer), Buffer.from(atOnce.data.buffer))).toBe(0);
  });

  test('keeps a single colour, whose codes are the shortest', async () => {
    const [width, height] = [300, 300];
    const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
    const { data } = await pixelsOf(
      await encode(createJpegBands({ width, height }, quality, 9600), rgba, width, 100),
    );
    expect(data.every((value) => value === 255)).toBe(true);
  });
});

describe('a PNG encoded in bands', () => {
  test.each([
    ['with alpha', true],
    ['without alpha', false],
  ])('%s has exactly the pixels that were written', async (_what, hasAlpha) => {
    for (const [width, height, rowsAtOnce] of [
      [1, 1, 1],
      [257, 101, 7],
      [300, 90, 90],
    ] as const) {
      const rgba = drawPixels(width, height, () => 255);
      const png = await encode(createPngBands({ width, height }, hasAlpha), rgba, width, rowsAtOnce);
      expect(inspect(png)).toMatchObject({ format: 'png', isComplete: true, size: { width, height } });
      const { data } = await pixelsOf(png);
      expect(Buffer.compare(Buffer.from(data.buffer), Buffer.from(rgba.buffer))).toBe(0);
    }
  });

  test('keeps the alpha of each pixel', async () => {
    const alphaOf = (at: number) => (at % 3) * 127;
    const png = await encode(createPngBands({ width: 9, height: 4 }, true), drawPixels(9, 4, alphaOf), 9, 3);
    const { data } = await pixelsOf(png);
    for (let at = 0; at < 36; at += 1) expect(data[at * 4 + 3]).toBe(alphaOf(at));
  });
});

test.each([
  ['JPEG', () => createJpegBands({ width: 10, height: 10 }, 95)],
  ['PNG', () => createPngBands({ width: 10, height: 10 }, false)],
])('a %s with too few or too many rows is refused', async (_what, create) => {
  const short = create();
  await short.write(new Uint8ClampedArray(10 * 9 * 4));
  await expect(short.end()).rejects.toThrow('missing');
  await expect(create().write(new Uint8ClampedArray(10 * 11 * 4))).rejects.toThrow('more rows');
});
