import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { arrivedFile, displayOf, thumbnailOf, thumbnailSides } from '../../../shared/domain/picture-files';
import { newId } from '../db/new-id';
import { reconcile } from './reconcile';
import { createTestStorage, type TestStorage } from './test-storage';
import { moveToTrash } from './trash';

let storage: TestStorage;

beforeEach(() => {
  storage = createTestStorage();
  onTestFinished(() => storage.remove());
});

function stateOf(id: string) {
  return storage.chat.store.userImages.find(id)?.state;
}

describe('a picture without its file', () => {
  test('is marked and broadcast until the file is there again', async () => {
    const { id, file } = storage.picture();
    storage.picture();
    const elsewhere = path.join(storage.folder, 'elsewhere.png');
    renameSync(path.join(storage.folder, file), elsewhere);
    expect(await reconcile(storage.context)).toMatchObject({ missing: 1, recoveryFiles: 0 });
    expect(stateOf(id)).toBe('missing');
    expect(storage.chat.store.messages.find(id)).toMatchObject({ image: { state: 'missing' } });
    expect(storage.chat.broadcasts['gallery:changed']).toMatchObject([[{ id, state: 'missing' }]]);
    expect(storage.chat.broadcasts['message:updated']).toMatchObject([{ id }]);
    renameSync(elsewhere, path.join(storage.folder, file));
    expect(await reconcile(storage.context)).toMatchObject({ missing: 0 });
    expect(stateOf(id)).toBeUndefined();
  });

  test('is marked if its folder or all folders are missing', async () => {
    const { id } = storage.picture();
    rmSync(path.join(storage.folder, 'images'), { recursive: true });
    expect(await reconcile(storage.context)).toMatchObject({ missing: 1 });
    expect(stateOf(id)).toBe('missing');
  });

  test('is marked if only its message has it', async () => {
    const { id } = storage.picture({ inGallery: false, withFiles: false });
    await reconcile(storage.context);
    expect(stateOf(id)).toBe('missing');
  });

  test('is not broadcast to the gallery if it is in Trash', async () => {
    const { id, file } = storage.picture();
    moveToTrash(storage.context, id);
    rmSync(path.join(storage.folder, file));
    await reconcile(storage.context);
    expect(storage.chat.broadcasts['gallery:changed'].flat()).toEqual([]);
    expect(stateOf(id)).toBe('trash');
  });
});

test('leaves complete pictures unchanged without a broadcast', async () => {
  const { id } = storage.picture();
  for (const name of storage.files()) storage.age(`images/${id.slice(-2)}/${name}`, 1000);
  expect(await reconcile(storage.context)).toEqual({
    at: storage.chat.world.now,
    missing: 0,
    recoveryFiles: 0,
  });
  expect(storage.files()).toHaveLength(4);
  expect(storage.chat.broadcasts['gallery:changed']).toEqual([]);
});

describe('a file without a row', () => {
  test.each(['images/ab/lost.png', 'images/lost.png', 'images/other/lost.png'])(
    '(%s) moves to the recovery folder once it is a day old',
    async (file) => {
      storage.write(file);
      storage.age(file, 23.9);
      expect(await reconcile(storage.context)).toMatchObject({ recoveryFiles: 0 });
      storage.age(file, 24.1);
      expect(await reconcile(storage.context)).toMatchObject({ recoveryFiles: 1 });
      expect(storage.exists(file)).toBe(false);
      expect(storage.files('recovery')).toEqual(['lost.png']);
    },
  );

  test('stays while a file of the same picture is new, then all are moved', async () => {
    const id = newId();
    const names = [`${id}.png`, `${id}.thumbnail.webp`, `${id}.json`];
    for (const name of names) {
      storage.write(`images/ab/${name}`);
      storage.age(`images/ab/${name}`, 30);
    }
    storage.age(`images/ab/${id}.json`, 1);
    await reconcile(storage.context);
    expect(storage.files()).toHaveLength(3);
    storage.chat.world.now += 24 * 3600 * 1000;
    await reconcile(storage.context);
    expect(storage.files()).toEqual([]);
    expect(storage.files('recovery')).toEqual(names.toSorted());
  });

  test('gets another name if its own is taken in the recovery folder', async () => {
    for (const folder of ['ab', 'cd', 'ef']) {
      storage.write(`images/${folder}/lost.png`);
      storage.age(`images/${folder}/lost.png`, 30);
    }
    expect(await reconcile(storage.context)).toMatchObject({ recoveryFiles: 3 });
    expect(storage.files('recovery')).toEqual(['2 lost.png', '3 lost.png', 'lost.png']);
  });

  test.each(['.DS_Store', 'Thumbs.db', 'desktop.ini'])('is left alone if it is %s', async (name) => {
    storage.write(`images/ab/${name}`);
    storage.age(`images/ab/${name}`, 1000);
    await reconcile(storage.context);
    expect(storage.exists(`images/ab/${name}`)).toBe(true);
  });
});

test('moves an old .part of a picture and keeps a new one', async () => {
  const { id, file } = storage.picture();
  storage.write(`${file}.part`);
  for (const name of storage.files()) storage.age(`images/${id.slice(-2)}/${name}`, 100);
  storage.age(`${file}.part`, 1);
  await reconcile(storage.context);
  expect(storage.exists(`${file}.part`)).toBe(true);
  storage.age(`${file}.part`, 25);
  await reconcile(storage.context);
  expect(storage.files('recovery')).toEqual([`${id}.png.part`]);
  expect(storage.files()).toHaveLength(4);
});

test('moves old received bytes of a picture that has its file', async () => {
  const { id } = storage.picture();
  storage.write(arrivedFile(id));
  storage.age(arrivedFile(id), 23);
  await reconcile(storage.context);
  expect(storage.exists(arrivedFile(id))).toBe(true);
  storage.age(arrivedFile(id), 25);
  await reconcile(storage.context);
  expect(storage.files('recovery')).toEqual([`${id}.arrived`]);
});

test('moves old prefetched pictures of older versions, unless a message wants them', async () => {
  const [held, other] = [newId(), newId()];
  storage.held.add(held);
  for (const id of [held, other]) {
    storage.write(`drafts/${id}`);
    storage.age(`drafts/${id}`, 25);
  }
  await reconcile(storage.context);
  expect(storage.files('drafts')).toEqual([held]);
  expect(storage.files('recovery')).toEqual([other]);
});

test.each([
  ['that could not be kept', 'failed', 'picture_not_stored'],
  ['of a picture that was stopped too late', 'cancelled', 'cancelled_late'],
] as const)('bytes %s wait for a Retry, however old', async (_which, status, code) => {
  const { id } = storage.picture({ isReady: false });
  const { messages } = storage.chat.store;
  messages.begin(id, id, 7);
  messages.setEnded(id, status, { code: code, message: '' }, 8);
  storage.write(arrivedFile(id));
  storage.age(arrivedFile(id), 1000);
  await reconcile(storage.context);
  expect(storage.exists(arrivedFile(id))).toBe(true);
});

test.each(thumbnailSides)('requests the small versions again when that of %i is missing', async (side) => {
  const pictures = Array.from({ length: 3 }, () => storage.picture());
  const [whole, cut, trashed] = pictures;
  if (!whole || !cut || !trashed) throw new Error('no pictures');
  for (const { file } of [cut, trashed]) rmSync(path.join(storage.folder, thumbnailOf(file, side)));
  storage.chat.store.trash.add(trashed.id, 7);
  storage.picture({ withFiles: false });
  await reconcile(storage.context);
  expect(storage.derived).toEqual([[cut.id, cut.file]]);
});

describe('an original that a display file has replaced', () => {
  test('is released if the app ended before the release', async () => {
    const { id, file } = storage.picture();
    storage.write(displayOf(file));
    await reconcile(storage.context);
    expect(storage.released).toEqual([]);
    storage.chat.store.userImages.replaceFile(id, displayOf(file), 10);
    await reconcile(storage.context);
    expect(storage.released).toEqual([[id, displayOf(file)]]);
  });

  test('stays if the display file is missing', async () => {
    const { id, file } = storage.picture();
    storage.chat.store.userImages.replaceFile(id, displayOf(file), 10);
    await reconcile(storage.context);
    expect(storage.released).toEqual([]);
  });
});

test('leaves the files of an unfinished picture alone, however old', async () => {
  const { id, file } = storage.picture({ inGallery: false });
  storage.chat.store.messages.reset(id, 1);
  storage.chat.store.messages.begin(id, id, 1);
  for (const name of storage.files()) storage.age(`images/${id.slice(-2)}/${name}`, 100);
  await reconcile(storage.context);
  expect(storage.exists(file)).toBe(true);
});

test('stops without using the database when the app ends', async () => {
  storage.write('images/ab/lost.png');
  storage.age('images/ab/lost.png', 100);
  const running = reconcile(storage.context);
  storage.restart();
  expect(await running).toBeNull();
  expect(await reconcile(storage.context)).toMatchObject({ recoveryFiles: 1 });
});
