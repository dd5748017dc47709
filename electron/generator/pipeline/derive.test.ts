import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  displayOf,
  pictureFile,
  recipeFile,
  thumbnailOf,
  thumbnailSides,
} from '../../../shared/domain/picture-files';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { decode } from './codec';
import { derive, deriveAgain, releaseOriginal } from './derive';
import { storeImage } from './store-image';
import { filesIn, noise, origin, pictureId, sample, withPngChunk } from './test-pictures';

const png = pictureFile(pictureId, 'png');
const display = displayOf(png);
/** As a provider's: a PNG of it is large, a WebP is small. */
const heavy = soft(700, 500).toBuffer('image/png');

let dataFolder: string;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = folder;
});

/** A gradient under a little noise, as pictures of models have it. */
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
  const kept = await storeImage(dataFolder, origin, bytes);
  if (!kept.ok) throw new Error(kept.message);
  return { file: kept.value.image.file, replacement: await kept.value.afterwards(90) };
}

test('a heavy PNG gets a display file of its size, half as large or less, and its original stays', async () => {
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

test('the smallest comes last: where it is, nothing else is wanting', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  // Nothing can take the place of a folder with something in it.
  mkdirSync(path.join(dataFolder, display, 'taken'), { recursive: true });
  await stored(heavy);
  expect(thumbnailSides.map((side) => there(thumbnailOf(png, side)))).toEqual([true, false]);
  rmSync(path.join(dataFolder, display), { recursive: true });
  const bytes = statSync(path.join(dataFolder, png)).size;
  const replacement = await deriveAgain(dataFolder, png, 90);
  expect(replacement?.file).toBe(display);
  expect(replacement?.bytes).toBeLessThan(bytes / 2);
  expect(there(thumbnailOf(png, 256))).toBe(true);
});

test('the quality is as asked for', async () => {
  const original = { file: png, format: 'png', bytes: heavy, picture: await decode(heavy) } as const;
  const sizes: number[] = [];
  for (const quality of [30, 60, 90]) sizes.push((await derive(dataFolder, original, quality))?.bytes ?? 0);
  expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
  expect(new Set(sizes).size).toBe(3);
});

test('one with a C2PA manifest is shown smaller too, but never to be replaced', async () => {
  const signed = withPngChunk(heavy, 'caBX', Buffer.from('a manifest'));
  expect((await stored(signed)).replacement).toBeNull();
  expect(there(display)).toBe(true);
  expect(readFileSync(path.join(dataFolder, png)).equals(signed)).toBe(true);
});

test.each([
  ['a PNG that a WebP would not halve', () => sample(8, 8).toBuffer('image/png')],
  ['a JPEG', () => soft(300, 200).toBuffer('image/jpeg', 100)],
  ['a WebP', () => soft(300, 200).toBuffer('image/webp', 100)],
])('%s is shown as it is', async (_what, make) => {
  const { file, replacement } = await stored(make());
  expect(replacement).toBeNull();
  expect(there(display)).toBe(false);
  expect(there(thumbnailOf(file, 256))).toBe(true);
});

describe('made again', () => {
  test.each(thumbnailSides)('where the thumbnail of %i is lost', async (side) => {
    await stored(heavy);
    rmSync(path.join(dataFolder, thumbnailOf(png, side)));
    expect(await deriveAgain(dataFolder, png, 90)).toMatchObject({ file: display });
    expect(there(thumbnailOf(png, side))).toBe(true);
  });

  test('in the quality that is asked for', async () => {
    await stored(heavy);
    const before = statSync(path.join(dataFolder, display)).size;
    rmSync(path.join(dataFolder, thumbnailOf(png, 256)));
    await deriveAgain(dataFolder, png, 60);
    expect(statSync(path.join(dataFolder, display)).size).toBeLessThan(before);
  });

  test('not where nothing is lost', async () => {
    await stored(heavy);
    expect(await deriveAgain(dataFolder, png, 90)).toBeNull();
  });

  test('not from what is no picture, or is not there', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    mkdirSync(path.join(dataFolder, path.dirname(png)), { recursive: true });
    expect(await deriveAgain(dataFolder, png, 90)).toBeNull();
    writeFileSync(path.join(dataFolder, png), 'no picture');
    expect(await deriveAgain(dataFolder, png, 90)).toBeNull();
    expect(filesIn(dataFolder)).toEqual([png]);
  });
});

describe('an original is released', () => {
  const recipe = () => JSON.parse(readFileSync(path.join(dataFolder, recipeFile(pictureId)), 'utf8'));

  test('when its rows show the display file: the recipe says so, and it is gone', async () => {
    const { replacement } = await stored(heavy);
    expect(await releaseOriginal(dataFolder, pictureId, display)).toBe(true);
    expect(recipe()).toMatchObject({ file: display, bytes: replacement?.bytes, width: 700, height: 500 });
    expect([there(png), there(display)]).toEqual([false, true]);
    expect(await releaseOriginal(dataFolder, pictureId, display)).toBe(false);
    expect(there(display)).toBe(true);
  });

  test('also where a kill came between the recipe and the removal', async () => {
    await stored(heavy);
    await releaseOriginal(dataFolder, pictureId, display);
    writeFileSync(path.join(dataFolder, png), heavy);
    expect(await releaseOriginal(dataFolder, pictureId, display)).toBe(true);
    expect([there(png), there(display)]).toEqual([false, true]);
  });

  test('never with a C2PA manifest, whoever asks', async () => {
    await stored(withPngChunk(heavy, 'caBX', Buffer.from('a manifest')));
    expect(await releaseOriginal(dataFolder, pictureId, display)).toBe(false);
    expect(there(png)).toBe(true);
    expect(recipe()).toMatchObject({ file: png });
  });

  test('never without a display file, or for one of another picture', async () => {
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
