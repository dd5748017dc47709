import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  displayOf,
  pictureFile,
  recipeFile,
  sharpSide,
  thumbnailOf,
  thumbnailSides,
} from '../../../shared/domain/picture-files';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { filesIn, noise, pictureId, sample, withPngChunk } from '../pipeline/test-pictures';
import { storeArrived } from '../pipeline/test-storing';
import { derive, releaseOriginal, sharpen } from './derive';

const png = pictureFile(pictureId, 'png');
const display = displayOf(png);
/** Large as a PNG and small as a WebP, like a provider's picture. */
const heavy = soft(700, 500).toBuffer('image/png');

let dataFolder: string;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = folder;
});

/** Draws a gradient with a little noise, as models produce. */
function soft(width: number, height: number) {
  const canvas = sample(width, height);
  const pen = canvas.getContext('2d');
  pen.globalAlpha = 0.04;
  pen.drawImage(noise(width, height), 0, 0);
  return canvas;
}

function there(file: string): boolean {
  return existsSync(path.join(dataFolder, file));
}

async function stored(bytes: Uint8Array) {
  const result = await storeArrived(dataFolder, bytes);
  if (!result.ok) throw new Error(result.message);
  return { file: result.value.image.file, replacement: await result.value.deriveFiles(90) };
}

test('writes a display file for a large PNG if it has at most half the bytes, and keeps the original', async () => {
  const { replacement } = await stored(heavy);
  const bytes = readFileSync(path.join(dataFolder, display));
  expect(replacement).toEqual({ file: display, bytes: bytes.length });
  expect(bytes.length).toBeLessThan(heavy.length / 2);
  const shown = await loadImage(bytes);
  expect([shown.width, shown.height]).toEqual([700, 500]);
  expect(readFileSync(path.join(dataFolder, png)).equals(heavy)).toBe(true);
  expect(filesIn(dataFolder)).toEqual(
    [recipeFile(pictureId), png, display, ...thumbnailSides.map((side) => thumbnailOf(png, side))].toSorted(),
  );
});

test('writes the largest thumbnail last, so that the presence of all thumbnails means that all files exist', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  // A file cannot replace a non-empty folder.
  mkdirSync(path.join(dataFolder, display, 'taken'), { recursive: true });
  await stored(heavy);
  expect(there(thumbnailOf(png, 512))).toBe(false);
  rmSync(path.join(dataFolder, display), { recursive: true });
  const bytes = statSync(path.join(dataFolder, png)).size;
  const replacement = await derive(dataFolder, png, 90);
  expect(replacement?.file).toBe(display);
  expect(replacement?.bytes).toBeLessThan(bytes / 2);
  expect(thumbnailSides.map((side) => there(thumbnailOf(png, side)))).toEqual([true, true]);
});

test('encodes the display file in the requested quality', async () => {
  mkdirSync(path.join(dataFolder, path.dirname(png)), { recursive: true });
  writeFileSync(path.join(dataFolder, png), heavy);
  const sizes: number[] = [];
  for (const quality of [30, 60, 90]) {
    sizes.push((await derive(dataFolder, png, quality))?.bytes ?? 0);
    rmSync(path.join(dataFolder, thumbnailOf(png, 256)));
  }
  expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
  expect(new Set(sizes).size).toBe(3);
});

test('writes a display file for a picture with a C2PA manifest, but never offers it as a replacement', async () => {
  const signed = withPngChunk(heavy, 'caBX', Buffer.from('a manifest'));
  expect((await stored(signed)).replacement).toBeNull();
  expect(there(display)).toBe(true);
  expect(readFileSync(path.join(dataFolder, png)).equals(signed)).toBe(true);
});

test.each([
  ['a PNG that a WebP would not halve', () => sample(8, 8).toBuffer('image/png')],
  ['a JPEG', () => soft(300, 200).toBuffer('image/jpeg', 100)],
  ['a WebP', () => soft(300, 200).toBuffer('image/webp', 100)],
])('writes no display file for %s', async (_what, make) => {
  const { file, replacement } = await stored(make());
  expect(replacement).toBeNull();
  expect(there(display)).toBe(false);
  expect(there(thumbnailOf(file, 256))).toBe(true);
});

describe('the sharper thumbnail', () => {
  const sharp = thumbnailOf(png, sharpSide);

  test('is made once, on request, as large as the picture allows', async () => {
    await stored(soft(2000, 500).toBuffer('image/png'));
    expect(there(sharp)).toBe(false);
    await sharpen(dataFolder, png);
    const { width, height } = await loadImage(readFileSync(path.join(dataFolder, sharp)));
    expect([width, height]).toEqual([sharpSide, sharpSide / 4]);
    const { mtimeNs } = statSync(path.join(dataFolder, sharp), { bigint: true });
    await sharpen(dataFolder, png);
    expect(statSync(path.join(dataFolder, sharp), { bigint: true }).mtimeNs).toBe(mtimeNs);
    expect(await derive(dataFolder, png, 90)).toBeNull();
  });

  test('is made from a linked file', async () => {
    await stored(heavy);
    const elsewhere = path.join(dataFolder, 'elsewhere.png');
    writeFileSync(elsewhere, soft(1200, 1500).toBuffer('image/png'));
    await sharpen(dataFolder, png, elsewhere);
    expect((await loadImage(readFileSync(path.join(dataFolder, sharp)))).height).toBe(sharpSide);
  });

  test.each([
    ['a missing file', null],
    ['a file that is not a picture', Buffer.from('<html>')],
    ['half a picture', heavy.subarray(0, 40)],
  ])('is not made from %s', async (_what, bytes) => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => logged.mockRestore());
    mkdirSync(path.join(dataFolder, path.dirname(png)), { recursive: true });
    if (bytes) writeFileSync(path.join(dataFolder, png), bytes);
    await sharpen(dataFolder, png);
    expect(there(sharp)).toBe(false);
  });
});

describe('remaking', () => {
  test.each(thumbnailSides)('restores the thumbnail of %i', async (side) => {
    await stored(heavy);
    rmSync(path.join(dataFolder, thumbnailOf(png, side)));
    expect(await derive(dataFolder, png, 90)).toMatchObject({ file: display });
    expect(there(thumbnailOf(png, side))).toBe(true);
  });

  test('uses the requested quality', async () => {
    await stored(heavy);
    const before = statSync(path.join(dataFolder, display)).size;
    rmSync(path.join(dataFolder, thumbnailOf(png, 256)));
    await derive(dataFolder, png, 60);
    expect(statSync(path.join(dataFolder, display)).size).toBeLessThan(before);
  });

  test('writes nothing if no file is missing', async () => {
    await stored(heavy);
    expect(await derive(dataFolder, png, 90)).toBeNull();
  });

  test('writes nothing for a file that is missing or not a picture', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    mkdirSync(path.join(dataFolder, path.dirname(png)), { recursive: true });
    expect(await derive(dataFolder, png, 90)).toBeNull();
    writeFileSync(path.join(dataFolder, png), 'no picture');
    expect(await derive(dataFolder, png, 90)).toBeNull();
    expect(filesIn(dataFolder)).toEqual([png]);
  });
});

describe('a display file that will replace its original', () => {
  const toReplace = { mayReplaceOriginal: true };
  const [largest, smaller] = thumbnailSides.map((side) => thumbnailOf(png, side));

  /** Stores a picture as if the process was killed before it derived any file. */
  async function storeUnderived(bytes: Uint8Array): Promise<void> {
    await stored(bytes);
    for (const side of thumbnailSides) rmSync(path.join(dataFolder, thumbnailOf(png, side)));
    rmSync(path.join(dataFolder, display));
  }

  test('is returned until the original is released, and then the largest thumbnail is written', async () => {
    await storeUnderived(heavy);
    for (let time = 0; time < 2; time += 1) {
      expect(await derive(dataFolder, png, 90, toReplace)).toMatchObject({ file: display });
      expect([there(display), there(smaller ?? ''), there(largest ?? '')]).toEqual([true, true, false]);
    }
    await releaseOriginal(dataFolder, pictureId, display);
    expect(await derive(dataFolder, display, 90)).toBeNull();
    expect([there(png), there(smaller ?? ''), there(largest ?? '')]).toEqual([false, true, true]);
    expect(await derive(dataFolder, display, 90, toReplace)).toBeNull();
  });

  test('leaves no work after the user has chosen to keep originals', async () => {
    await storeUnderived(heavy);
    await derive(dataFolder, png, 90, toReplace);
    await derive(dataFolder, png, 90);
    expect([there(png), there(largest ?? '')]).toEqual([true, true]);
    expect(await derive(dataFolder, png, 90, toReplace)).toBeNull();
  });

  test('is not returned if the original must stay, and all thumbnails are written at once', async () => {
    await storeUnderived(withPngChunk(heavy, 'caBX', Buffer.from('a manifest')));
    expect(await derive(dataFolder, png, 90, toReplace)).toBeNull();
    expect([there(png), there(largest ?? '')]).toEqual([true, true]);
  });
});

describe('releasing an original', () => {
  const recipe = () => JSON.parse(readFileSync(path.join(dataFolder, recipeFile(pictureId)), 'utf8'));

  test('updates the recipe and removes the original when the rows show the display file', async () => {
    const { replacement } = await stored(heavy);
    expect(await releaseOriginal(dataFolder, pictureId, display)).toBe(true);
    expect(recipe()).toMatchObject({ file: display, bytes: replacement?.bytes, width: 700, height: 500 });
    expect([there(png), there(display)]).toEqual([false, true]);
    expect(await releaseOriginal(dataFolder, pictureId, display)).toBe(false);
    expect(there(display)).toBe(true);
  });

  test('finishes after a crash between the recipe and the removal', async () => {
    await stored(heavy);
    await releaseOriginal(dataFolder, pictureId, display);
    writeFileSync(path.join(dataFolder, png), heavy);
    expect(await releaseOriginal(dataFolder, pictureId, display)).toBe(true);
    expect([there(png), there(display)]).toEqual([false, true]);
  });

  test('never removes an original with a C2PA manifest', async () => {
    await stored(withPngChunk(heavy, 'caBX', Buffer.from('a manifest')));
    expect(await releaseOriginal(dataFolder, pictureId, display)).toBe(false);
    expect(there(png)).toBe(true);
    expect(recipe()).toMatchObject({ file: png });
  });

  test('never removes an original without its own display file', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    await stored(heavy);
    const another = displayOf(pictureFile('01930000-0000-7000-8000-0000000000ac', 'png'));
    expect(await releaseOriginal(dataFolder, pictureId, another)).toBe(false);
    rmSync(path.join(dataFolder, display));
    expect(await releaseOriginal(dataFolder, pictureId, display)).toBe(false);
    expect(there(png)).toBe(true);
  });
});
