import { setImmediate as pause } from 'node:timers/promises';
import { v7 as newId } from 'uuid';
import { expect, onTestFinished, test } from 'vitest';
import { everyPicture } from '../../../../shared/domain/gallery-query';
import { indexSearchWords } from '../../gallery/index-search-words';
import { temporaryFolder } from '../../test-support/temporary-folder';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { nativeBinding } from '../native-binding';
import { openStore } from '../open';
import { openPlain } from '../test-database';
import { readGallery } from '../test-gallery';

const before = migrations.findIndex((sql) => sql.includes('CREATE TABLE collections'));

/** Creates a database of the previous version with these pictures. */
function createOlder(pictures: { id?: string; prompt?: string; createdAt: number }[]): string {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = `${folder}/afterimage.db`;
  const database = openPlain(file);
  migrate(database, migrations.slice(0, before));
  const insert = database.prepare(
    `INSERT INTO user_images (id, file, width, height, bytes, prompt, provider, model, created_at)
     VALUES (?, 'x.png', 3, 2, 1, ?, 'painter', 'painter-1', ?)`,
  );
  database.transaction(() => {
    for (const { id = newId(), prompt = 'a fox', createdAt } of pictures) insert.run(id, prompt, createdAt);
  })();
  database.close();
  return file;
}

function open(file: string) {
  const store = openStore({ file, nativeBinding: nativeBinding(process.cwd()) });
  onTestFinished(() => store.close());
  return store;
}

test('finds pictures of the previous version, newest first, once they are indexed', async () => {
  const pictures = Array.from({ length: 450 }, (_, index) => ({
    id: newId(),
    prompt: index % 2 === 0 ? `fox number ${index}` : 'a whale',
    // The dates are not in the order of the ids, and some are equal.
    createdAt: 1_700_000_000_000 + ((index * 7) % 90),
  }));
  const store = open(createOlder(pictures));
  const signal = new AbortController().signal;
  await indexSearchWords({ store, signal, pause });
  const images = readGallery(store, { ...everyPicture, text: 'fox' });
  expect(images).toHaveLength(225);
  const times = images.map(({ createdAt }) => createdAt);
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  expect(images.every(({ favourite }) => !favourite)).toBe(true);
});

test('continues indexing at the next start after a crash', async () => {
  const file = createOlder(Array.from({ length: 450 }, () => ({ createdAt: 5 })));
  const ending = new AbortController();
  const store = openStore({ file, nativeBinding: nativeBinding(process.cwd()) });
  await indexSearchWords({ store, signal: ending.signal, pause: async () => ending.abort() });
  const indexed = store.galleryFacets.count({ ...everyPicture, text: 'fox' });
  expect(indexed).toBeGreaterThan(0);
  expect(indexed + store.searchIndex.unindexed()).toBe(450);
  expect(indexed).toBeLessThan(450);
  store.close();
  const next = open(file);
  await indexSearchWords({ store: next, signal: new AbortController().signal, pause });
  expect(next.galleryFacets.count({ ...everyPicture, text: 'fox' })).toBe(450);
});

test('orders dates before 1970, far in the future, and a thousand equal ones', () => {
  const times = [-1, -(2 ** 52), 2 ** 52, 0, 1, 2 ** 43, ...Array.from({ length: 1000 }, () => 7)];
  const file = createOlder(times.map((createdAt) => ({ createdAt })));
  const store = open(file);
  store.batch(() => {
    for (const createdAt of times) {
      const id = newId();
      store.userImages.insertDated({
        id,
        messageId: id,
        file: 'y.png',
        width: 1,
        height: 1,
        bytes: 1,
        thumbhash: '',
        prompt: 'a heron',
        provider: 'painter',
        model: 'painter-1',
        params: '{}',
        createdAt,
      });
    }
  });
  expect(store.galleryFacets.count({ ...everyPicture, text: 'heron' })).toBe(times.length);
  const found = readGallery(store, { ...everyPicture, text: 'heron', sort: 'oldest' });
  const read = found.map(({ createdAt }) => Math.min(Math.max(createdAt, 0), 2 ** 43 - 2));
  expect(read).toEqual(read.toSorted((a, b) => a - b));
});
