// Masks in every form that services take, and the preserved part of the original around a change.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Frame } from '../../../shared/domain/edits';
import { readMaskSize } from '../../../shared/domain/mask-bytes';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { grayPng, halfMask } from '../../main/test-support/test-masks';
import { noise, sample } from '../pipeline/test-pictures';
import { localCodec } from './local-codec';
import { pixels } from './test-pixels';

let folder: string;

beforeEach(() => {
  const made = temporaryFolder();
  onTestFinished(made.remove);
  folder = made.folder;
});

function write(name: string, bytes: Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

/** Writes a noise picture, in which every pixel differs from its neighbours, and a mask of the same size. */
function files(width: number, height: number, mask: Uint8Array | null = halfMask(width, height)) {
  return {
    picture: write('picture.png', noise(width, height).toBuffer('image/png')),
    mask: mask && write('mask.png', mask),
    frame: null as Frame | null,
  };
}

async function prepare(task: Parameters<typeof localCodec.prepareEdit>[0]) {
  const prepared = await localCodec.prepareEdit(task);
  if (!prepared.ok) throw new Error(prepared.code);
  return prepared.value;
}

function solid(width: number, height: number, colour: string): Uint8Array {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = colour;
  pen.fillRect(0, 0, width, height);
  return canvas.toBuffer('image/png');
}

describe('a mask', () => {
  test('in gray is white where the picture changes, in the one format of masks', async () => {
    const { picture, mask, ...size } = await prepare({ ...files(40, 30), form: 'gray', limits: {} });
    expect(size).toMatchObject({ width: 40, height: 30, framed: { width: 40, height: 30 } });
    expect(readMaskSize(mask)).toEqual({ width: 40, height: 30 });
    const { at } = await pixels(mask);
    expect([at(0, 0), at(19, 29), at(20, 0), at(39, 29)].map(([gray]) => gray)).toEqual([255, 255, 0, 0]);
    expect((await pixels(picture)).data).toEqual((await pixels(noise(40, 30).toBuffer('image/png'))).data);
  });

  test('in alpha is transparent where the picture changes, and half transparent where it was gray', async () => {
    const painted = grayPng(40, 30, (x) => (x < 10 ? 255 : x < 20 ? 128 : 0));
    const { mask } = await prepare({ ...files(40, 30, painted), form: 'alpha', limits: {} });
    const { at, width, height } = await pixels(mask);
    expect([width, height]).toEqual([40, 30]);
    expect([at(0, 0), at(15, 15), at(39, 29)].map((pixel) => pixel[3])).toEqual([0, 127, 255]);
  });

  test('as a marked picture shows the picture with the changed part in colour', async () => {
    const { mask, picture, bounds } = await prepare({ ...files(40, 30), form: 'marked', limits: {} });
    const [marked, original] = [await pixels(mask), await pixels(noise(40, 30).toBuffer('image/png'))];
    for (const [x, y] of [
      [20, 0],
      [39, 29],
    ] as const) {
      expect(marked.at(x, y)).toEqual(original.at(x, y));
    }
    const [red = 0, green = 0, blue = 0] = marked.at(5, 5);
    const [ownRed = 0, ownGreen = 0, ownBlue = 0] = original.at(5, 5);
    expect(Math.abs(red - (0.6 * 255 + 0.4 * ownRed))).toBeLessThan(3);
    expect(Math.abs(green - 0.4 * ownGreen)).toBeLessThan(3);
    expect(Math.abs(blue - (0.6 * 200 + 0.4 * ownBlue))).toBeLessThan(3);
    expect(picture).toHaveLength(0);
    expect(bounds).toEqual({ left: 0, top: 0, right: 0.5, bottom: 1 });
  });

  test('has the bounds of its strong pixels, or of its faint ones if it has no others', async () => {
    const bounds = async (strength: (x: number) => number) =>
      (await prepare({ ...files(40, 30, grayPng(40, 30, strength)), form: 'marked', limits: {} })).bounds;
    const faint = (x: number) => (x >= 10 && x < 30 ? 40 : 0);
    expect(await bounds(faint)).toEqual({ left: 0.25, top: 0, right: 0.75, bottom: 1 });
    expect(await bounds((x) => (x === 20 ? 255 : faint(x)))).toEqual({
      ...{ left: 0.5, top: 0, right: 0.525, bottom: 1 },
    });
    expect(await bounds(() => 0)).toBeNull();
  });

  test.each([
    [{ step: 64 }, 1000, 700, 1024, 704],
    [{ step: 8, maxPixels: 480_000 }, 1600, 1200, 800, 600],
    [{ step: 16, maxEdge: 512 }, 1000, 250, 512, 128],
    [{ minPixels: 40_000 }, 100, 100, 200, 200],
    [{ maxPixels: 10_000 }, 300, 200, 122, 81],
    [{ minPixels: 10_000 }, 50, 30, 130, 78],
    [{}, 33, 21, 33, 21],
  ])('has the size of its picture within the limits %j', async (limits, width, height, toWidth, toHeight) => {
    for (const form of ['gray', 'alpha'] as const) {
      const prepared = await prepare({ ...files(width, height), form, limits });
      expect([prepared.width, prepared.height]).toEqual([toWidth, toHeight]);
      for (const bytes of [prepared.picture, prepared.mask]) {
        expect(await pixels(bytes)).toMatchObject({ width: toWidth, height: toHeight });
      }
    }
  });

  test('is refused if it is missing or of another size, as is a missing or unreadable picture', async () => {
    const task = { ...files(40, 30, halfMask(30, 40)), form: 'gray', limits: {} } as const;
    expect(await localCodec.prepareEdit(task)).toMatchObject({ code: 'mask_gone' });
    const gone = { ...task, mask: path.join(folder, 'gone.png') };
    expect(await localCodec.prepareEdit(gone)).toMatchObject({ code: 'mask_gone' });
    const noPicture = { ...task, picture: path.join(folder, 'gone.png') };
    expect(await localCodec.prepareEdit(noPicture)).toMatchObject({ code: 'file_missing' });
    const broken = { ...task, picture: write('broken.png', new Uint8Array(100)) };
    expect(await localCodec.prepareEdit(broken)).toMatchObject({ code: 'unreadable_picture' });
  });
});

describe('a frame', () => {
  const frame = { left: 20, top: 0, right: 0, bottom: 10 };

  test('adds white area around the picture, which fades into it', async () => {
    const { mask, picture, framed } = await prepare({
      ...{ ...files(200, 100, null), frame },
      ...{ form: 'gray', limits: {} },
    });
    expect(framed).toEqual({ width: 220, height: 110 });
    const [gray, shown] = [await pixels(mask), await pixels(picture)];
    const row = [0, 19, 20, 22, 25, 219].map((x) => gray.at(x, 5)[0]);
    expect(row.slice(0, 2)).toEqual([255, 255]);
    expect(row.slice(2)).toEqual([213, 128, 0, 0]);
    expect([gray.at(100, 105)[0], gray.at(100, 99)[0], gray.at(100, 90)[0]]).toEqual([255, 213, 0]);
    const original = await pixels(noise(200, 100).toBuffer('image/png'));
    expect(shown.at(20, 0)).toEqual(original.at(0, 0));
    expect(shown.at(219, 99)).toEqual(original.at(199, 99));
    expect(shown.at(3, 105)[3]).toBe(255);
  });

  test('is combined with the painted mask', async () => {
    const { mask } = await prepare({ ...files(200, 100), frame, form: 'gray', limits: {} });
    const { at } = await pixels(mask);
    expect([at(20 + 99, 50)[0], at(20 + 100, 50)[0], at(219, 50)[0]]).toEqual([255, 0, 0]);
  });

  test('that makes the picture too large is refused', async () => {
    const wide = { left: 0, top: 0, right: 16_000, bottom: 16_000 };
    const task = { ...files(200, 100), frame: wide, form: 'gray', limits: {} } as const;
    expect(await localCodec.prepareEdit(task)).toMatchObject({ code: 'frame_too_large' });
  });
});

describe('the unchanged part of the original', () => {
  async function kept(task: Parameters<typeof localCodec.keepRest>[0]) {
    const result = await localCodec.keepRest(task);
    if (!result.ok) throw new Error(result.code);
    return pixels(result.value);
  }

  test('keeps each pixel, and takes the changed part from the result', async () => {
    const painted = grayPng(60, 40, (x) => (x < 20 ? 255 : x < 30 ? 128 : 0));
    const result = await kept({ ...files(60, 40, painted), made: solid(64, 64, '#ff0000') });
    const original = await pixels(noise(60, 40).toBuffer('image/png'));
    expect([result.width, result.height]).toEqual([60, 40]);
    for (let y = 0; y < 40; y += 1) {
      for (let x = 0; x < 60; x += 1) {
        if (x < 20) expect(result.at(x, y)).toEqual([255, 0, 0, 255]);
        else if (x >= 30) expect(result.at(x, y)).toEqual(original.at(x, y));
        else expect(Math.abs((result.at(x, y)[1] ?? 0) - (original.at(x, y)[1] ?? 0) / 2)).toBeLessThan(2);
      }
    }
  });

  test('keeps its position in an extended picture', async () => {
    const frame = { left: 20, top: 0, right: 0, bottom: 10 };
    const result = await kept({ ...files(200, 100, null), frame, made: solid(110, 55, '#00ff00') });
    const original = await pixels(noise(200, 100).toBuffer('image/png'));
    expect([result.width, result.height]).toEqual([220, 110]);
    expect(result.at(5, 105)).toEqual([0, 255, 0, 255]);
    expect(result.at(19, 0)).toEqual([0, 255, 0, 255]);
    expect(result.at(20 + 30, 50)).toEqual(original.at(30, 50));
    expect(result.at(219, 0)).toEqual(original.at(199, 0));
  });

  test('is shown to an engine only around the changed part if the picture is large', async () => {
    const [width, height] = [2400, 1600];
    const painted = grayPng(width, height, (x, y) =>
      x >= 300 && x < 500 && y >= 1200 && y < 1300 ? 255 : 0,
    );
    const picture = write('picture.png', sample(width, height).toBuffer('image/png'));
    const task = { picture, mask: write('mask.png', painted), frame: null };
    const prepared = await prepare({ ...task, form: 'gray', limits: { step: 8, isRegion: true } });
    expect(prepared).toMatchObject({ width: 768, height: 768, framed: { width, height } });
    const mask = await pixels(prepared.mask);
    const white = mask.data.filter((value, index) => index % 4 === 0 && value === 255).length;
    expect(white).toBe(200 * 100);
    const result = await kept({ ...task, made: solid(768, 768, '#0000ff') });
    const original = await pixels(sample(width, height).toBuffer('image/png'));
    expect([result.at(300, 1200), result.at(499, 1299)]).toEqual([
      [0, 0, 255, 255],
      [0, 0, 255, 255],
    ]);
    for (const [x, y] of [
      [299, 1200],
      [500, 1299],
      [300, 1199],
      [2399, 0],
    ] as const) {
      expect(result.at(x, y)).toEqual(original.at(x, y));
    }
  });

  test('is blended in bands without visible seams', async () => {
    const [width, height] = [1500, 1000];
    const painted = grayPng(width, height, () => 255);
    const made = sample(750, 500).toBuffer('image/png');
    const result = await kept({ ...files(width, height, painted), made });
    const whole = createCanvas(width, height);
    const pen = whole.getContext('2d');
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(await loadImage(made), 0, 0, width, height);
    const expected = await pixels(whole.toBuffer('image/png'));
    const off = result.data.filter((value, index) => Math.abs(value - (expected.data[index] ?? 0)) > 1);
    expect(off).toHaveLength(0);
  });

  test('stays transparent', async () => {
    const clear = createCanvas(40, 30);
    clear.getContext('2d').fillRect(0, 0, 40, 10);
    const task = { ...files(40, 30), picture: write('clear.png', clear.toBuffer('image/png')) };
    const result = await kept({ ...task, made: solid(40, 30, '#ff0000') });
    expect([result.at(30, 5), result.at(30, 25), result.at(5, 25)]).toEqual([
      [0, 0, 0, 255],
      [0, 0, 0, 0],
      [255, 0, 0, 255],
    ]);
  });

  test('cannot be restored around a result that is not a picture', async () => {
    const result = await localCodec.keepRest({ ...files(40, 30), made: new Uint8Array(100) });
    expect(result).toMatchObject({ code: 'unreadable_picture' });
  });
});
