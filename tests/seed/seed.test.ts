// Seeding a folder: its rows and files match and look as if the app had made them.

import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decode, thumbhashOf } from '../../electron/generator/codec/decode';
import { wasClosedProperly } from '../../electron/main/db/clean-exit';
import { nativeBinding } from '../../electron/main/db/native-binding';
import { openStore } from '../../electron/main/db/open';
import { readGallery } from '../../electron/main/db/test-gallery';
import { everyPicture } from '../../shared/domain/gallery-query';
import { pictureFile, recipeFile, thumbnailOf } from '../../shared/domain/picture-files';
import { recipeSchema } from '../../shared/domain/recipe';
import { BadOption, readOptions } from './options';
import { seed } from './seed';

const binding = nativeBinding(process.cwd());
let dataFolder = '';

beforeEach(async () => {
  dataFolder = await mkdtemp(path.join(tmpdir(), 'afterimage-seed-'));
});
afterEach(() => rm(dataFolder, { recursive: true, force: true }));

function fill(...args: string[]) {
  const options = readOptions(['--files', '5', ...args], dataFolder);
  return seed({ ...options, until: Date.now(), nativeBinding: binding, onProgress: () => {} });
}

function open() {
  return openStore({ file: path.join(dataFolder, 'afterimage.db'), nativeBinding: binding });
}

test('seeds 500 pictures and 500 messages that the store reads, newest first', async () => {
  const written = await fill('--pictures', '500', '--messages', '500');
  expect(written).toMatchObject({ pictures: 500, messages: 500, files: 5 });
  const file = path.join(dataFolder, 'afterimage.db');
  expect(wasClosedProperly(file)).toBe(true);
  const store = open();
  try {
    expect(store.check('full')).toEqual([]);
    expect(store.messages.count()).toBe(500);
    expect(store.userImages.count() + store.trash.counts().pictures).toBe(500);
    expect(store.messages.unfinished()).toEqual([]);
    const latest = store.conversations.latestId() ?? '';
    const page = store.messages.page(latest, null, 200);
    expect(page.messages).toHaveLength(100);
    expect(page.total).toBe(100);
    const images = readGallery(store, everyPicture).slice(0, 500);
    for (const { id, width, height, bytes, thumbhash, createdAt } of images) {
      expect(createdAt).toBeLessThanOrEqual(Date.now());
      const kept = path.join(dataFolder, store.userImages.file(id) ?? '');
      expect((await stat(kept)).size).toBe(bytes);
      for (const side of [512, 256] as const)
        expect(existsSync(path.join(dataFolder, thumbnailOf(pictureFile(id, 'png'), side)))).toBe(true);
      expect([width, height].every((pixels) => pixels >= 100)).toBe(true);
      expect(thumbhash).not.toBe('');
    }
    const [first] = images;
    const picture = await decode(
      await readFile(path.join(dataFolder, store.userImages.file(first?.id ?? '') ?? '')),
    );
    expect(first).toMatchObject({ width: picture.width, height: picture.height });
    expect(first?.thumbhash).toBe(Buffer.from(await thumbhashOf(picture)).toString('base64'));
  } finally {
    store.close();
  }
  expect(await readdir(dataFolder)).toEqual(['afterimage.db', 'afterimage.db.closed', 'images']);
});

test('writes a recipe that matches the row of each picture, with --recipes', async () => {
  await fill('--pictures', '20', '--messages', '0', '--recipes');
  const store = open();
  try {
    for (const { id, prompt, bytes } of readGallery(store, everyPicture).slice(0, 20)) {
      const text = await readFile(path.join(dataFolder, recipeFile(id)), 'utf8');
      expect(recipeSchema.parse(JSON.parse(text))).toMatchObject({ id, prompt, bytes });
    }
  } finally {
    store.close();
  }
});

test('puts a fifth of the pictures into stacks, with --stacks', async () => {
  await fill('--pictures', '100', '--messages', '0', '--stacks');
  const store = open();
  try {
    const { stacks, hidden } = store.stacks.stacked(everyPicture);
    expect(stacks.size).toBe(5);
    expect(hidden.size).toBeGreaterThan(10);
  } finally {
    store.close();
  }
});

test('seeds more pictures than a file can have hard links', async () => {
  await fill('--pictures', '1100', '--messages', '0', '--files', '1');
  const store = open();
  try {
    const images = readGallery(store, everyPicture).slice(0, 1_100);
    const names = images.map(({ id }) => store.userImages.file(id) ?? '');
    expect(names.filter((name) => existsSync(path.join(dataFolder, name)))).toHaveLength(images.length);
  } finally {
    store.close();
  }
});

test('rejects a folder that has data and leaves it unchanged', async () => {
  await fill('--pictures', '5', '--messages', '5');
  const again = fill('--pictures', '5', '--messages', '5', '--seed', '2');
  await expect(again).rejects.toThrow(BadOption);
  await expect(again).rejects.toThrow('already');
  const store = open();
  expect(store.messages.count()).toBe(5);
  store.close();
});

test('rejects a folder in use by the app, but accepts one that the app only created', async () => {
  const running = open();
  try {
    await expect(fill('--pictures', '5')).rejects.toThrow('is running');
  } finally {
    running.close();
  }
  expect(await fill('--pictures', '5')).toMatchObject({ pictures: 5 });
});
