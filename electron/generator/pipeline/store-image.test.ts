import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { thumbHashToRGBA } from 'thumbhash';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  arrivalFile,
  factsOf,
  keptFile,
  pictureFile,
  recipeFile,
  thumbnailOf,
  thumbnailSides,
} from '../../../shared/domain/picture-files';
import { recipeSchema } from '../../../shared/domain/recipe';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { adoptArrival } from './adopt-arrival';
import { writeArrival } from './arrivals';
import type { Stored } from './store-image';
import { filesIn, origin, pictureId, sample, words } from './test-pictures';
import { answerFacts, arrival, contextOf, requestId, storeArrived } from './test-storing';

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
  const stored = await storeArrived(dataFolder, bytes, { jobId: as, requestId: as === id ? requestId : as });
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
    expect(recipeSchema.parse(recipe)).toEqual({ version: 1, ...origin, requestId, ...image });

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

  test('over an interrupted write', async () => {
    const file = path.join(dataFolder, pictureFile(id, 'png'));
    mkdirSync(path.dirname(file), { recursive: true });
    mkdirSync(path.join(dataFolder, 'arrived'));
    writeFileSync(path.join(dataFolder, `${arrivalFile(requestId)}.part`), 'half of a picture');
    const bytes = await sample(20, 10).encode('png');
    await store(bytes);
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(files()).toEqual([recipeFile(id), pictureFile(id, 'png')]);
  });

  test('while others are stored', async () => {
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

  test('even if a thumbnail cannot be written', async () => {
    silenceErrors();
    const file = pictureFile(id, 'png');
    mkdirSync(path.join(dataFolder, thumbnailOf(file)), { recursive: true });
    const { deriveFiles } = await store(await sample(20, 10).encode('png'));
    await deriveFiles(90);
    expect(files()).toEqual([thumbnailOf(file, 256), recipeFile(id), file].toSorted());
    expect(console.error).toHaveBeenCalledTimes(1);
  });
});

/** Written by hand, because the codec encodes none. https://learn.microsoft.com/windows/win32/gdi/bitmap-storage */
function bmp(): Buffer {
  const bytes = Buffer.alloc(70);
  bytes.write('BM');
  [70, 0, 54, 40, 2, 2].forEach((value, index) => {
    bytes.writeUInt32LE(value, 2 + 4 * index);
  });
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  return bytes;
}

const png = sample(300, 200).toBuffer('image/png');
const jpeg = sample(300, 200).toBuffer('image/jpeg');
const webp = sample(300, 200).toBuffer('image/webp');
const gif = await sample(30, 20).encode('gif');
const avif = await sample(96, 64).encode('avif');

describe('shows a truncated paid picture that the codec can open', () => {
  test.each([
    ['a JPEG without its end marker', 'jpg', jpeg.subarray(0, -2)],
    ['a JPEG that breaks off near its end', 'jpg', jpeg.subarray(0, -100)],
    ['a PNG that lacks its last byte', 'png', png.subarray(0, -1)],
    ['a PNG without its last chunk', 'png', png.subarray(0, -12)],
    ['a GIF that breaks off near its end', 'gif', gif.subarray(0, -2)],
    ['a WebP that breaks off near its end', 'webp', webp.subarray(0, -20)],
  ])('%s', async (_what, ending, bytes) => {
    const { image } = await store(bytes);
    expect(image.file).toBe(`images/ab/${id}.${ending}`);
    expect(readFileSync(path.join(dataFolder, image.file)).equals(bytes)).toBe(true);
  });
});

describe('keeps the bytes and facts of', () => {
  async function expectKept(bytes: Uint8Array, code: string): Promise<void> {
    expect(await storeArrived(dataFolder, bytes)).toMatchObject({ ok: false, code });
    const kept = keptFile(requestId);
    expect(files()).toEqual([kept, factsOf(kept)]);
    expect(readFileSync(path.join(dataFolder, kept)).equals(bytes)).toBe(true);
    const facts = JSON.parse(readFileSync(path.join(dataFolder, factsOf(kept)), 'utf8'));
    expect(facts).toEqual({ ...arrival, bytes: bytes.length });
  }

  test('a picture too large to be decoded', async () => {
    const bomb = Buffer.from(png);
    words(20_000, 20_000).copy(bomb, 16);
    await expectKept(bomb, 'picture_too_large');
  });

  test.each([
    ['no bytes', Buffer.alloc(0)],
    ['a web page', Buffer.from('<!doctype html><html><body>502 Bad Gateway</body></html>')],
    ['junk', Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7919) % 256))],
    ['a signature and no more', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['a signature and junk', Buffer.concat([Buffer.of(0xff, 0xd8, 0xff), Buffer.alloc(5_000, 7)])],
    ['a BMP', bmp()],
    ['a TIFF', Buffer.concat([Buffer.from('II*\0\x08\0\0\0', 'latin1'), Buffer.alloc(100)])],
    ['an AVIF that breaks off near its end', avif.subarray(0, -20)],
    ['a WebP that breaks off halfway', webp.subarray(0, webp.length / 2)],
    [
      'a PNG whose header is damaged',
      Buffer.concat([png.subarray(0, 20), Buffer.alloc(9), png.subarray(29)]),
    ],
  ])('%s', async (_what, bytes) => {
    await expectKept(bytes, 'unreadable_picture');
  });

  test('a picture that is truncated on disk', async () => {
    const written = await writeArrival(dataFolder, arrival, png);
    if (!written.ok) throw new Error(written.message);
    truncateSync(path.join(dataFolder, arrivalFile(requestId)), png.length - 1);
    const adopted = await adoptArrival(contextOf(dataFolder), id, written.value);
    expect(adopted).toMatchObject({ ok: false, code: 'unreadable_picture' });
    expect(files()).toEqual([keptFile(requestId), factsOf(keptFile(requestId))]);
  });
});

describe('never overwrites', () => {
  test('bytes of an earlier arrival', async () => {
    const first = await writeArrival(dataFolder, arrival, png);
    const second = await writeArrival(dataFolder, arrival, jpeg);
    if (!first.ok || !second.ok) throw new Error('not written');
    expect(second.value.requestId).not.toBe(requestId);
    expect(readFileSync(path.join(dataFolder, arrivalFile(requestId))).equals(png)).toBe(true);
    expect(readFileSync(path.join(dataFolder, arrivalFile(second.value.requestId))).equals(jpeg)).toBe(true);
  });

  test.each([
    ['of the same format', () => sample(20, 10).toBuffer('image/png')],
    ['of another format', () => sample(20, 10).toBuffer('image/webp')],
  ])('the paid picture of an earlier request for the same message with one %s', async (_what, make) => {
    await storeArrived(dataFolder, png, answerFacts);
    const bytes = make();
    const later = '01930000-0000-7000-8000-00000000ff02';
    const facts = { requestId: later, provider: 'painter', model: 'painter-1', costMicroUsd: 0 } as const;
    const stored = await storeArrived(dataFolder, bytes, facts);
    if (!stored.ok) throw new Error(stored.message);
    expect(readFileSync(path.join(dataFolder, stored.value.image.file)).equals(bytes)).toBe(true);
    // The earlier picture has become an arrival again, with its service, its price and all other facts.
    expect(readFileSync(path.join(dataFolder, arrivalFile(requestId))).equals(png)).toBe(true);
    const set = JSON.parse(readFileSync(path.join(dataFolder, factsOf(arrivalFile(requestId))), 'utf8'));
    const { provider, model, costMicroUsd } = arrival;
    expect(set).toMatchObject({ requestId, jobId: id, provider, model, costMicroUsd, ...answerFacts });
  });

  test('a file without known origin', async () => {
    const file = path.join(dataFolder, pictureFile(id, 'png'));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, 'unknown');
    await store(png);
    const [name] = files().filter((other) => other.startsWith('recovery/'));
    expect(readFileSync(path.join(dataFolder, name ?? ''), 'utf8')).toBe('unknown');
  });
});

describe('fails when a folder cannot be written', () => {
  test('because a file has the name of the images folder', async () => {
    silenceErrors();
    writeFileSync(path.join(dataFolder, 'images'), 'in the way');
    const bytes = await sample(20, 10).encode('png');
    expect(await storeArrived(dataFolder, bytes)).toMatchObject({
      ok: false,
      code: 'picture_not_stored',
    });
    const arrived = arrivalFile(requestId);
    expect(files()).toEqual([arrived, factsOf(arrived), 'images']);
    expect(console.error).toHaveBeenCalled();
  });

  test('because a folder has the name of the picture, and leaves the bytes to be recovered', async () => {
    silenceErrors();
    const file = path.join(dataFolder, pictureFile(id, 'png'));
    // A file cannot replace a folder, and a non-empty folder cannot be replaced by a file.
    mkdirSync(path.join(file, 'in the way'), { recursive: true });
    writeFileSync(path.join(dataFolder, 'recovery'), 'in the way');
    const bytes = await sample(20, 10).encode('png');
    expect(await storeArrived(dataFolder, bytes)).toMatchObject({
      ok: false,
      code: 'picture_not_stored',
    });
    expect(files()).toContain(arrivalFile(requestId));
    expect(readFileSync(path.join(dataFolder, arrivalFile(requestId))).equals(bytes)).toBe(true);
    expect(existsSync(file)).toBe(true);
  });
});
