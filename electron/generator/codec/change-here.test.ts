// Changes that the codec makes itself: position of each pixel, size and format of the result.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type LocalEdit, unchanged } from '../../../shared/domain/edits';
import { inspect } from '../../../shared/domain/picture-bytes/inspect';
import { removeJpegMetadata } from '../../../shared/domain/picture-bytes/remove-metadata';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { noise, pngChunk, sample, withPngChunk } from '../pipeline/test-pictures';
import { decode, uprightCanvas } from './decode';
import { localCodec } from './local-codec';
import { pixels } from './test-pixels';

let folder: string;

beforeEach(() => {
  const made = temporaryFolder();
  onTestFinished(made.remove);
  folder = made.folder;
});

async function changed(bytes: Uint8Array, change: Partial<LocalEdit>) {
  const file = path.join(folder, 'a');
  writeFileSync(file, bytes);
  const result = await localCodec.changeHere({ file, change: { ...unchanged, ...change } });
  expect(readFileSync(file).equals(bytes)).toBe(true);
  if (!result.ok) return result.code;
  const made = await uprightCanvas(await decode(result.value));
  return { width: made.width, height: made.height, bytes: Buffer.from(result.value) };
}

/** The pixels as the app shows them. */
async function uprightPixels(bytes: Uint8Array) {
  return pixels(await uprightCanvas(await decode(bytes)));
}

/** Returns the position of each pixel of the original in the result. */
type Place = (x: number, y: number) => [x: number, y: number];

describe('lossless changes', () => {
  const [width, height] = [13, 8];
  const places: [string, Partial<LocalEdit>, Place][] = [
    ['nothing', {}, (x, y) => [x, y]],
    ['a quarter turn', { quarterTurns: 1 }, (x, y) => [height - 1 - y, x]],
    ['a half turn', { quarterTurns: 2 }, (x, y) => [width - 1 - x, height - 1 - y]],
    ['three quarter turns', { quarterTurns: 3 }, (x, y) => [y, width - 1 - x]],
    ['mirrored', { mirrored: true }, (x, y) => [width - 1 - x, y]],
    ['turned, then mirrored', { quarterTurns: 1, mirrored: true }, (x, y) => [y, x]],
  ];

  test.each(places)('%s moves each pixel to its place', async (_what, change, place) => {
    for (const format of ['png', 'webp'] as const) {
      const original = noise(width, height);
      const bytes = format === 'png' ? original.toBuffer('image/png') : await original.encode('webp', 100);
      const result = await changed(bytes, change);
      if (typeof result === 'string') throw new Error(result);
      expect(inspect(result.bytes)?.format).toBe(format);
      const [before, after] = [await pixels(bytes), await pixels(result.bytes)];
      expect([after.width, after.height]).toEqual([result.width, result.height]);
      for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1) expect(after.at(...place(x, y))).toEqual(before.at(x, y));
      }
    }
  });

  test('crops after turning', async () => {
    const crop = { left: 2, top: 3, width: 5, height: 9 };
    const result = await changed(noise(width, height).toBuffer('image/png'), { quarterTurns: 1, crop });
    if (typeof result === 'string') throw new Error(result);
    const [before, after] = [await pixels(noise(width, height)), await pixels(result.bytes)];
    expect([result.width, result.height]).toEqual([5, 9]);
    expect(after.at(0, 0)).toEqual(before.at(3, height - 1 - 2));
    expect(after.at(4, 8)).toEqual(before.at(11, height - 1 - 6));
  });

  test('keeps transparency', async () => {
    const clear = createCanvas(6, 4);
    clear.getContext('2d').fillRect(0, 0, 3, 4);
    const result = await changed(clear.toBuffer('image/png'), { mirrored: true });
    if (typeof result === 'string') throw new Error(result);
    const { at } = await pixels(result.bytes);
    expect([at(0, 0), at(5, 0)]).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 255],
    ]);
  });
});

describe('a JPEG that is only turned and mirrored', () => {
  const orientations = [1, 2, 3, 4, 5, 6, 7, 8] as const;
  const changes = [0, 1, 2, 3].flatMap((quarterTurns) =>
    [false, true].map((mirrored) => ({ quarterTurns, mirrored })),
  );

  test.each(orientations)('of orientation %d keeps every stored pixel', async (orientation) => {
    const bytes = removeJpegMetadata(await sample(48, 32).encode('jpeg', 90), orientation);
    for (const change of changes) {
      const result = await changed(bytes, change);
      if (typeof result === 'string') throw new Error(result);
      const stored = [result.bytes, bytes].map((each) => Buffer.from(removeJpegMetadata(each, 1)));
      expect(stored[0]?.equals(stored[1] ?? Buffer.alloc(0))).toBe(true);
      // The same change with a crop cannot be lossless, so it is drawn and encoded again.
      const crop = { left: 0, top: 0, width: result.width, height: result.height };
      const drawn = await changed(bytes, { ...change, crop });
      if (typeof drawn === 'string') throw new Error(drawn);
      const [one, other] = [await uprightPixels(result.bytes), await uprightPixels(drawn.bytes)];
      expect([one.width, one.height]).toEqual([result.width, result.height]);
      const differences = one.data.map((value, index) => Math.abs(value - (other.data[index] ?? 0)));
      expect(Math.max(...differences)).toBeLessThan(16);
    }
  });

  test('four successive quarter turns restore the same file', async () => {
    const bytes = removeJpegMetadata(await sample(48, 32).encode('jpeg', 90), 1);
    let file: Uint8Array = bytes;
    for (let turns = 0; turns < 4; turns += 1) {
      const result = await changed(file, { quarterTurns: 1 });
      if (typeof result === 'string') throw new Error(result);
      file = result.bytes;
    }
    expect(Buffer.from(file).equals(bytes)).toBe(true);
  });
});

test.each([
  ['jpeg', 'jpg'],
  ['avif', 'png'],
] as const)('a changed %s is written as %s', async (from, to) => {
  const bytes = await (from === 'jpeg' ? sample(40, 30).encode('jpeg', 90) : sample(40, 30).encode('avif'));
  const crop = { left: 0, top: 0, width: 30, height: 40 };
  const result = await changed(bytes, { quarterTurns: 1, crop });
  if (typeof result === 'string') throw new Error(result);
  expect(inspect(result.bytes)?.format).toBe(to);
  const [before, after] = [await pixels(bytes), await pixels(result.bytes)];
  expect([after.width, after.height]).toEqual([30, 40]);
  for (const [x, y] of [
    [3, 3],
    [30, 20],
  ] as const) {
    const pair = before.at(x, y).map((value, index) => Math.abs(value - (after.at(29 - y, x)[index] ?? 0)));
    expect(Math.max(...pair)).toBeLessThan(12);
  }
});

test.each([-45, -7.5, 0.4, 10, 45])(
  'straightening by %d degrees keeps the size and leaves no empty corner',
  async (straighten) => {
    const white = createCanvas(90, 60);
    const pen = white.getContext('2d');
    pen.fillStyle = 'white';
    pen.fillRect(0, 0, 90, 60);
    const result = await changed(white.toBuffer('image/png'), { straighten });
    if (typeof result === 'string') throw new Error(result);
    const { at } = await pixels(result.bytes);
    expect([result.width, result.height]).toEqual([90, 60]);
    for (const [x, y] of [
      [0, 0],
      [89, 0],
      [0, 59],
      [89, 59],
    ] as const) {
      expect(at(x, y)).toEqual([255, 255, 255, 255]);
    }
  },
);

test('straightening by a positive angle turns the picture clockwise', async () => {
  const line = sample(200, 200);
  const pen = line.getContext('2d');
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, 200, 200);
  pen.fillStyle = 'black';
  pen.fillRect(0, 95, 200, 10);
  const result = await changed(line.toBuffer('image/png'), { straighten: 20 });
  if (typeof result === 'string') throw new Error(result);
  const { at } = await pixels(result.bytes);
  const slope = Math.tan((20 * Math.PI) / 180);
  expect(at(180, Math.round(100 + 80 * slope))[0]).toBe(0);
  expect(at(180, Math.round(100 - 80 * slope))[0]).toBe(255);
});

describe('enlarging', () => {
  test.each([2, 4] as const)('%d times keeps plain areas unchanged and edges sharp', async (scale) => {
    const edge = createCanvas(20, 10);
    const pen = edge.getContext('2d');
    pen.fillStyle = 'rgb(200 100 50)';
    pen.fillRect(0, 0, 20, 10);
    pen.fillStyle = 'rgb(20 40 60)';
    pen.fillRect(10, 0, 10, 10);
    const result = await changed(edge.toBuffer('image/png'), { scale });
    if (typeof result === 'string') throw new Error(result);
    const { at } = await pixels(result.bytes);
    expect([result.width, result.height]).toEqual([20 * scale, 10 * scale]);
    expect([at(0, 0), at(20 * scale - 1, 10 * scale - 1)]).toEqual([
      [200, 100, 50, 255],
      [20, 40, 60, 255],
    ]);
    const middle = 10 * scale;
    const [left = 0, right = 0] = [at(middle - scale, 5)[0], at(middle + scale - 1, 5)[0]];
    expect(left).toBeGreaterThan(180);
    expect(right).toBeLessThan(40);
  });

  test('keeps the mean colour and ignores the colour of transparent pixels', async () => {
    const result = await changed(noise(32, 32).toBuffer('image/png'), { scale: 2 });
    if (typeof result === 'string') throw new Error(result);
    const mean = ({ data }: { data: Uint8ClampedArray }) =>
      data.filter((_, index) => index % 4 === 0).reduce((sum, value) => sum + value, 0) / (data.length / 4);
    const difference = mean(await pixels(result.bytes)) - mean(await pixels(noise(32, 32)));
    expect(Math.abs(difference)).toBeLessThan(2);
    const red = createCanvas(8, 8);
    const pen = red.getContext('2d');
    pen.fillStyle = 'red';
    pen.fillRect(0, 0, 4, 8);
    const edge = await changed(red.toBuffer('image/png'), { scale: 4 });
    if (typeof edge === 'string') throw new Error(edge);
    const { data } = await pixels(edge.bytes);
    for (let at = 0; at < data.length; at += 4) {
      if ((data[at + 3] ?? 0) > 40) expect(data[at] ?? 0).toBeGreaterThan(250);
    }
  });
});

describe('refuses', () => {
  test.each<[string, Partial<LocalEdit>]>([
    ['beside the picture', { crop: { left: 38, top: 0, width: 3, height: 3 } }],
    ['below the picture', { crop: { left: 0, top: 30, width: 3, height: 1 } }],
    ['outside of the turned picture', { quarterTurns: 1, crop: { left: 35, top: 0, width: 1, height: 1 } }],
  ])('a crop %s', async (_where, change) => {
    expect(await changed(sample(40, 30).toBuffer('image/png'), change)).toBe('bad_request');
  });

  test('a result that is too large, an animated picture, and bytes that are not a picture', async () => {
    const large = sample(4100, 4000).toBuffer('image/png');
    expect(await changed(large, { scale: 2 })).toBe('change_too_large');
    const animated = withPngChunk(sample(4, 4).toBuffer('image/png'), 'acTL', new Uint8Array(8));
    expect(await changed(animated, {})).toBe('not_changed');
    expect(await changed(pngChunk('IHDR', new Uint8Array(13)), {})).toBe('not_changed');
  });
});
