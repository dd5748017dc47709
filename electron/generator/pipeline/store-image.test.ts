import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { thumbHashToRGBA } from 'thumbhash';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  arrivedFile,
  pictureFile,
  recipeFile,
  thumbnailOf,
  thumbnailSides,
} from '../../../shared/domain/picture-files';
import { recipeSchema } from '../../../shared/domain/recipe';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { type Stored, storeImage } from './store-image';
import { filesIn, origin, pictureId, sample, words } from './test-pictures';

const id = pictureId;
let dataFolder: string;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = folder;
});

const files = () => filesIn(dataFolder);

/** Keeps expected errors out of the test report. */
function silenceErrors(): void {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
}

async function store(bytes: Uint8Array, as: string = id): Promise<Stored> {
  const stored = await storeImage(dataFolder, { ...origin, id: as }, bytes);
  if (!stored.ok) throw new Error(stored.message);
  return stored.value;
}

describe('stores a picture', () => {
  test.each([
    ['png', 1200, 800, () => sample(1200, 800).encode('png')],
    ['jpg', 800, 1200, () => sample(800, 1200).encode('jpeg')],
    ['webp', 1024, 1024, () => sample(1024, 1024).encode('webp')],
    // Encoding a large AVIF takes seconds.
    ['avif', 96, 64, () => sample(96, 64).encode('avif')],
    ['gif', 30, 20, () => sample(30, 20).encode('gif')],
  ])('%s: byte for byte, with its facts, a preview and thumbnails', async (ending, width, height, encode) => {
    const bytes = await encode();
    const file = `images/ab/${id}.${ending}`;
    const { image, deriveFiles } = await store(bytes);
    expect(image).toEqual({ file, width, height, bytes: bytes.length, thumbhash: expect.any(String) });
    expect(readFileSync(path.join(dataFolder, file)).equals(bytes)).toBe(true);
    expect(files()).toEqual([recipeFile(id), file].toSorted());
    const recipe = JSON.parse(readFileSync(path.join(dataFolder, recipeFile(id)), 'utf8'));
    expect(recipeSchema.parse(recipe)).toEqual({ version: 1, ...origin, ...image });

    const preview = thumbHashToRGBA(Buffer.from(image.thumbhash, 'base64'));
    expect(preview.rgba).toHaveLength(preview.w * preview.h * 4);
    expect(preview.w > preview.h).toBe(width > height);

    await deriveFiles(90);
    for (const side of thumbnailSides) {
      const thumbnail = await loadImage(readFileSync(path.join(dataFolder, thumbnailOf(file, side))));
      expect(Math.max(thumbnail.width, thumbnail.height)).toBe(Math.min(side, Math.max(width, height)));
      expect(Math.abs(thumbnail.width / thumbnail.height - width / height)).toBeLessThan(0.01);
    }
  });

  test('over the rest of an interrupted write', async () => {
    const file = path.join(dataFolder, pictureFile(id, 'png'));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(path.join(dataFolder, `${arrivedFile(id)}.part`), 'half of a picture');
    const bytes = await sample(20, 10).encode('png');
    await store(bytes);
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(files()).toEqual([recipeFile(id), pictureFile(id, 'png')]);
  });

  test('beside others at the same time', async () => {
    const pictures = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => ({
        id: `01930000-0000-7000-8000-00000000000${index}`,
        width: 40 + index,
        bytes: await sample(40 + index, 30).encode('png'),
      })),
    );
    const stored = await Promise.all(
      pictures.map(async (picture) => ({ picture, ...(await store(picture.bytes, picture.id)) })),
    );
    for (const { picture, image } of stored) {
      expect(image.width).toBe(picture.width);
      expect(readFileSync(path.join(dataFolder, image.file)).equals(picture.bytes)).toBe(true);
    }
    expect(files()).toHaveLength(8 * 2);
    await Promise.all(stored.map(({ deriveFiles }) => deriveFiles(90)));
    expect(files()).toHaveLength(8 * 4);
  });

  test('even if its thumbnail cannot be written', async () => {
    silenceErrors();
    const file = pictureFile(id, 'png');
    mkdirSync(path.join(dataFolder, thumbnailOf(file)), { recursive: true });
    const { deriveFiles } = await store(await sample(20, 10).encode('png'));
    await deriveFiles(90);
    expect(files()).toEqual([recipeFile(id), file]);
    expect(console.error).toHaveBeenCalledTimes(1);
  });
});

describe('leaves no file behind for', async () => {
  const png = sample(300, 200).toBuffer('image/png');
  const jpeg = sample(300, 200).toBuffer('image/jpeg');
  const webp = sample(300, 200).toBuffer('image/webp');
  const gif = await sample(30, 20).encode('gif');
  const avif = await sample(96, 64).encode('avif');

  test('a picture too large to be decoded', async () => {
    const bomb = Buffer.from(png);
    words(20_000, 20_000).copy(bomb, 16);
    expect(await storeImage(dataFolder, origin, bomb)).toMatchObject({
      ok: false,
      code: 'picture_too_large',
    });
    expect(files()).toEqual([]);
  });

  test.each([
    ['no bytes', Buffer.alloc(0)],
    ['a web page', Buffer.from('<!doctype html><html><body>502 Bad Gateway</body></html>')],
    ['junk', Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7919) % 256))],
    ['a signature and no more', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['a signature and junk', Buffer.concat([Buffer.of(0xff, 0xd8, 0xff), Buffer.alloc(5_000, 7)])],
    ['a PNG that breaks off halfway', png.subarray(0, png.length / 2)],
    ['a PNG that lacks its last byte', png.subarray(0, -1)],
    ['a GIF that breaks off near its end', gif.subarray(0, -2)],
    ['an AVIF that breaks off near its end', avif.subarray(0, -20)],
    ['a JPEG that breaks off near its end', jpeg.subarray(0, -100)],
    ['a WebP that breaks off near its end', webp.subarray(0, -20)],
    [
      'a PNG whose header is damaged',
      Buffer.concat([png.subarray(0, 20), Buffer.alloc(9), png.subarray(29)]),
    ],
  ])('%s', async (_what, bytes) => {
    expect(await storeImage(dataFolder, origin, bytes)).toMatchObject({
      ok: false,
      code: 'unreadable_picture',
    });
    expect(files()).toEqual([]);
  });
});

describe('fails when a folder cannot be written', () => {
  test('because a file has the name of the images folder', async () => {
    silenceErrors();
    writeFileSync(path.join(dataFolder, 'images'), 'in the way');
    const bytes = await sample(20, 10).encode('png');
    expect(await storeImage(dataFolder, origin, bytes)).toMatchObject({
      ok: false,
      code: 'picture_not_stored',
    });
    expect(files()).toEqual(['images']);
    expect(console.error).toHaveBeenCalled();
  });

  test('because a folder has the name of the picture, and leaves the bytes to be recovered', async () => {
    silenceErrors();
    const file = path.join(dataFolder, pictureFile(id, 'png'));
    mkdirSync(path.join(file, 'in the way'), { recursive: true });
    const bytes = await sample(20, 10).encode('png');
    expect(await storeImage(dataFolder, origin, bytes)).toMatchObject({
      ok: false,
      code: 'picture_not_stored',
    });
    expect(files()).toEqual([arrivedFile(id), recipeFile(id)]);
    expect(readFileSync(path.join(dataFolder, arrivedFile(id))).equals(bytes)).toBe(true);
    expect(existsSync(file)).toBe(true);
  });
});
