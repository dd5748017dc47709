import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { displayOf, pictureFile, thumbnailOf, thumbnailSides } from '../../../shared/domain/picture-files';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { noise, pictureId, sample } from '../pipeline/test-pictures';
import { decode } from './decode';
import { inspect } from './inspect';
import { createKeptPictures, type KeptPictures } from './kept-pictures';
import { performCodecTask } from './perform-task';

const file = pictureFile(pictureId, 'png');
const derivedFiles = [displayOf(file), ...thumbnailSides.map((side) => thumbnailOf(file, side))];

let dataFolder: string;
let arrived: string;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = folder;
  arrived = path.join(folder, 'arrived');
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
});

/** A gradient with a little noise, so that its display file is small enough. */
function picture(shade = 0.04): Buffer {
  const canvas = sample(700, 500);
  const pen = canvas.getContext('2d');
  pen.globalAlpha = shade;
  pen.drawImage(noise(700, 500), 0, 0);
  return canvas.toBuffer('image/png');
}

const statsOf = (name: string) => statSync(name, { bigint: true });

/** Records whether each picture was taken without decoding it again. */
function watch(kept: KeptPictures): { kept: KeptPictures; taken: boolean[] } {
  const taken: boolean[] = [];
  const take: KeptPictures['take'] = (stats) => {
    const found = kept.take(stats);
    taken.push(found !== undefined);
    return found;
  };
  return { kept: { ...kept, take }, taken };
}

/** @returns the derived files, and the task's answer. */
async function deriveWith(kept: KeptPictures | undefined) {
  const answer = await performCodecTask({ kind: 'derive', dataFolder, file, quality: 90 }, kept);
  const files = derivedFiles.map((name) => readFileSync(path.join(dataFolder, name)));
  for (const name of derivedFiles) rmSync(path.join(dataFolder, name));
  return { answer, files };
}

test('derives files from the pixels decoded for measuring, after the file was renamed', async () => {
  const { kept, taken } = watch(createKeptPictures());
  writeFileSync(arrived, picture());
  expect(await performCodecTask({ kind: 'measure', file: arrived }, kept)).toMatchObject({ ok: true });
  renameSync(arrived, path.join(dataFolder, file));
  const first = await deriveWith(kept);
  expect(taken).toEqual([true]);
  // The pixels are kept for one use; a later task decodes the file again, with the same result.
  const second = await deriveWith(kept);
  expect(taken).toEqual([true, false]);
  expect(first).toEqual(second);
  expect(first).toEqual(await deriveWith(undefined));
});

test('decodes a rewritten file again, even if its name and size are the same', async () => {
  const { kept, taken } = watch(createKeptPictures());
  const [before, after] = [picture(), picture(0.05)];
  const size = Math.max(before.length, after.length);
  const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(size - bytes.length)]);
  const absolute = path.join(dataFolder, file);
  writeFileSync(absolute, padded(before));
  const { mtimeNs } = statsOf(absolute);
  await performCodecTask({ kind: 'measure', file: absolute }, kept);
  writeFileSync(absolute, padded(after));
  // On a file system with coarse timestamps, the time may be the same as before.
  if (statsOf(absolute).mtimeNs === mtimeNs) utimesSync(absolute, new Date(), new Date(Date.now() + 1000));
  const rewritten = await deriveWith(kept);
  expect(taken).toEqual([false]);
  expect(rewritten).toEqual(await deriveWith(undefined));
});

test('keeps the newest pictures within its maximum size', async () => {
  const small = sample(100, 100).toBuffer('image/png');
  const each = 100 * 100 * 4 + small.length;
  const kept = createKeptPictures(2 * each);
  const decoded = async (bytes: Buffer) => {
    const inspection = inspect(bytes);
    if (!inspection) throw new Error('The test has no picture.');
    return { picture: await decode(bytes), inspection, bytes: bytes.length };
  };
  const names = ['a', 'b', 'c'].map((name) => path.join(dataFolder, name));
  for (const name of names) {
    writeFileSync(name, small);
    kept.keep(statsOf(name), await decoded(small));
  }
  // Keep the first one again, and one that exceeds the maximum: no picture is forgotten for that.
  const large = path.join(dataFolder, 'large');
  writeFileSync(large, sample(300, 300).toBuffer('image/png'));
  kept.keep(statsOf(large), await decoded(readFileSync(large)));
  expect([...names, large].map((name) => kept.take(statsOf(name)) !== undefined)).toEqual([
    false,
    true,
    true,
    false,
  ]);
  // Taking pictures frees their bytes.
  for (const name of names.slice(0, 2)) kept.keep(statsOf(name), await decoded(small));
  expect(names.map((name) => kept.take(statsOf(name)) !== undefined)).toEqual([true, true, false]);
});

test('forgets a picture after a while without a task for it', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const kept = createKeptPictures();
  const bytes = sample(10, 10).toBuffer('image/png');
  writeFileSync(arrived, bytes);
  const inspection = inspect(bytes);
  if (!inspection) throw new Error('The test has no picture.');
  kept.keep(statsOf(arrived), { picture: await decode(bytes), inspection, bytes: bytes.length });
  vi.advanceTimersByTime(20_000);
  expect(kept.take(statsOf(arrived))).toBeUndefined();
});

test('frees the pixels of pictures that it does not keep and of those that it has returned', async () => {
  const absolute = path.join(dataFolder, file);
  writeFileSync(absolute, picture());
  const bytes = readFileSync(absolute);
  const inspection = inspect(bytes);
  if (!inspection) throw new Error('The test has no picture.');
  const decoded = { picture: await decode(bytes), inspection, bytes: bytes.length };
  const isFreed = () => decoded.picture.image.width === 0;

  const kept = createKeptPictures();
  kept.keep(statsOf(absolute), decoded);
  expect(isFreed()).toBe(false);
  await deriveWith(kept);
  expect(isFreed()).toBe(true);

  decoded.picture = await decode(bytes);
  createKeptPictures(1000).keep(statsOf(absolute), decoded);
  expect(isFreed()).toBe(true);
});
