import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { formatOf } from '../../../shared/domain/picture-bytes/format-of';
import { livePreviewFile } from '../../../shared/domain/picture-files';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { decode } from './codec';
import { createLivePreview, type LivePreview } from './live-preview';
import { filesIn, pictureId, sample } from './test-pictures';

const large = sample(1200, 800).toBuffer('image/png');
const tall = sample(100, 200).toBuffer('image/jpeg');

let dataFolder: string;
let file: string;
let told: number[];
let live: LivePreview;
/** Resolves when it has told so many. */
let toldOf: (count: number) => Promise<void>;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = folder;
  file = path.join(folder, livePreviewFile(pictureId));
  told = [];
  let notice = () => {};
  live = createLivePreview(folder, pictureId, (count) => {
    told.push(count);
    notice();
  });
  toldOf = async (count) => {
    while (told.length < count) {
      await new Promise<void>((resolve) => {
        notice = resolve;
      });
    }
  };
});

async function sizeOnDisk() {
  const bytes = readFileSync(file);
  expect(formatOf(bytes)).toBe('webp');
  const { width, height } = await decode(bytes);
  return [width, height];
}

test('it is small, and told once it is there', async () => {
  live.show(large);
  await toldOf(1);
  expect(await sizeOnDisk()).toEqual([512, 341]);
  live.show(tall);
  await toldOf(2);
  expect(await sizeOnDisk()).toEqual([100, 200]);
  expect(told).toEqual([1, 2]);
});

test('of those that come while one is at work only the last is shown', async () => {
  live.show(large);
  for (let times = 0; times < 5; times += 1) live.show(large);
  live.show(tall);
  await toldOf(2);
  await live.end();
  expect(told).toEqual([1, 2]);
});

test('what is no picture is passed over, and the next one is shown', async () => {
  live.show(Buffer.from('no picture'));
  live.show(large.subarray(0, large.length / 2));
  live.show(tall);
  await toldOf(1);
  expect(await sizeOnDisk()).toEqual([100, 200]);
});

test('nothing is told and nothing lies around once it has ended', async () => {
  live.show(large);
  await live.end();
  live.show(tall);
  await live.end();
  expect(told).toEqual([]);
  expect(filesIn(dataFolder)).toEqual([]);
});
