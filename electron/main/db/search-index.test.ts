import { v7 as newId } from 'uuid';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { everyPicture } from '../../../shared/domain/gallery-query';
import { createTestStorage, type TestStorage } from '../storage/test-storage';
import type { Store } from './open';
import { openPlain } from './test-database';

let storage: TestStorage;
let store: Store;

beforeEach(() => {
  storage = createTestStorage();
  onTestFinished(storage.remove);
  store = storage.chat.store;
});

function found(text: string): number {
  return store.galleryFacets.count({ ...everyPicture, text });
}

/** Runs SQL as another program would, even on FTS5's own tables. */
function outside(sql: string): void {
  const database = openPlain(storage.databaseFile);
  try {
    database.unsafeMode();
    database.exec(sql);
  } finally {
    database.close();
  }
}

test('finds a picture however it was added to the gallery', () => {
  storage.picture();
  expect(found('fox')).toBe(1);
  const { id } = storage.picture({ inGallery: false });
  store.transaction(() => store.pictureRows.addToGallery(id));
  expect(found('fox')).toBe(2);
  store.transaction(() =>
    store.salvage.add('test', [
      {
        version: 1,
        id: newId(),
        file: 'images/ab/x.png',
        width: 3,
        height: 2,
        bytes: 1,
        thumbhash: '',
        prompt: 'another fox',
        provider: 'painter',
        model: 'painter-1',
        params: { aspectRatio: '3:2', seed: 1 },
        createdAt: 1,
        durationMs: 1,
        costMicroUsd: 0,
      },
    ]),
  );
  expect(found('another')).toBe(1);
});

test('does not find what a rollback undid', () => {
  expect(() =>
    store.transaction(() => {
      storage.picture();
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(found('fox')).toBe(0);
});

test('does not find a picture in Trash, finds a restored one, and removes a purged one from the index', () => {
  const { id } = storage.picture();
  store.trash.add(id, 1);
  expect(found('fox')).toBe(0);
  store.trash.restore(id);
  expect(found('fox')).toBe(1);
  store.trash.add(id, 1);
  store.transaction(() => store.purge.markPictures(2, 3, 10));
  expect(found('fox')).toBe(0);
  store.purge.removePicture(id);
  const database = openPlain(storage.databaseFile);
  onTestFinished(() => void database.close());
  expect(database.prepare('SELECT count(*) FROM picture_words').pluck().get()).toBe(0);
});

test('finds what another program wrote once it is indexed', () => {
  const { id } = storage.picture();
  outside(`UPDATE user_images SET prompt = 'a red whale' WHERE id = '${id}'`);
  outside(`INSERT INTO user_images (id, file, width, height, bytes, prompt, provider, model, created_at)
           VALUES ('${newId()}', 'x', 1, 1, 1, 'a blue whale', 'p', 'm', 7)`);
  while (store.transaction(() => store.searchIndex.indexQueued()) > 0);
  expect([found('fox'), found('whale'), found('red wha')]).toEqual([0, 2, 1]);
});

test('a picture that another program changes keeps its number, and leaves no words behind', () => {
  const { id } = storage.picture();
  storage.picture();
  outside(`UPDATE user_images SET prompt = 'a heron' WHERE id = '${id}'`);
  store.transaction(() => store.searchIndex.indexQueued());
  const database = openPlain(storage.databaseFile);
  onTestFinished(() => void database.close());
  const all = (sql: string) => database.prepare(sql).pluck().all();
  expect(all('SELECT id FROM search_rows ORDER BY id').map(Number)).toEqual([1, 2]);
  expect(all('SELECT rowid FROM picture_words ORDER BY rowid').map(Number)).toEqual([1, 2]);
});

test('finds a changed prompt only by its new words', () => {
  const { id } = storage.picture();
  store.close();
  outside(`UPDATE user_images SET prompt = 'a heron' WHERE id = '${id}'`);
  storage.restart();
  store = storage.chat.store;
  store.transaction(() => store.searchIndex.indexQueued());
  expect([found('fox'), found('heron')]).toEqual([0, 1]);
});

test('rebuilds a damaged index without losing a picture', () => {
  const silent = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => silent.mockRestore());
  storage.picture();
  storage.picture();
  store.close();
  outside(`UPDATE picture_words_data SET block = x'00ff00ff' WHERE id > 10`);
  storage.restart();
  store = storage.chat.store;
  expect(store.check('quick')).not.toEqual([]);
  expect(store.checkAndRepair()).toEqual([]);
  expect(found('fox')).toBe(2);
});
