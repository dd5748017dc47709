import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { formatOf } from '../../../shared/domain/picture-bytes/format-of';
import { livePreviewFile } from '../../../shared/domain/picture-files';
import { temporaryFolder } from '../../main/test-support/temporary-folder';
import { decode } from '../codec/decode';
import { localCodec } from '../codec/local-codec';
import { createLivePreview, type LivePreview } from './live-preview';
import { filesIn, pictureId, sample } from './test-pictures';

const large = sample(1200, 800).toBuffer('image/png');
const tall = sample(100, 200).toBuffer('image/jpeg');

let dataFolder: string;
let file: string;
let shown: number[];
let live: LivePreview;
/** Resolves when this many previews have been shown. */
let shownOf: (count: number) => Promise<void>;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = folder;
  file = path.join(folder, livePreviewFile(pictureId));
  shown = [];
  let notice = () => {};
  live = createLivePreview({ dataFolder: folder, codec: localCodec }, pictureId, (count) => {
    shown.push(count);
    notice();
  });
  shownOf = async (count) => {
    while (shown.length < count) {
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

test('writes a small preview before announcing it', async () => {
  live.show(large);
  await shownOf(1);
  expect(await sizeOnDisk()).toEqual([512, 341]);
  live.show(tall);
  await shownOf(2);
  expect(await sizeOnDisk()).toEqual([100, 200]);
  expect(shown).toEqual([1, 2]);
});

test('shows only the last of the previews that arrive during a write', async () => {
  live.show(large);
  for (let times = 0; times < 5; times += 1) live.show(large);
  live.show(tall);
  await shownOf(2);
  await live.end();
  expect(shown).toEqual([1, 2]);
});

test('skips bytes that are not a picture and shows the next preview', async () => {
  live.show(Buffer.from('no picture'));
  live.show(large.subarray(0, large.length / 2));
  live.show(tall);
  await shownOf(1);
  expect(await sizeOnDisk()).toEqual([100, 200]);
});

test('shows nothing and leaves no file after it has ended', async () => {
  live.show(large);
  await live.end();
  live.show(tall);
  await live.end();
  expect(shown).toEqual([]);
  expect(filesIn(dataFolder)).toEqual([]);
});
