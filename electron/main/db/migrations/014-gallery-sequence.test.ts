import { expect, onTestFinished, test } from 'vitest';
import { everyPicture } from '../../../../shared/domain/gallery-query';
import { temporaryFolder } from '../../test-support/temporary-folder';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { nativeBinding } from '../native-binding';
import { openStore } from '../open';
import { openPlain } from '../test-database';
import { readGallery } from '../test-gallery';

const before = 13;

/** Ids whose order is the opposite of their dates, so that no order can come from them. */
const idOf = (n: number) => `0190a000-0000-7000-8000-0000000000${String(99 - n).padStart(2, '0')}`;

function migrated() {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = `${folder}/afterimage.db`;
  const database = openPlain(file);
  migrate(database, migrations.slice(0, before));
  const insert = database.prepare(
    `INSERT INTO user_images (id, file, width, height, bytes, prompt, provider, model, created_at, deleted_at)
     VALUES (?, 'x.png', 3, 2, 1, 'a fox', 'painter', 'painter-1', ?, ?)`,
  );
  // Dates in no order, two of them equal; the last three are in Trash.
  for (const [n, [createdAt, deletedAt]] of [
    [50, null],
    [70, null],
    [20, null],
    [50, null],
    [90, 300],
    [10, 100],
    [30, 200],
  ].entries()) {
    insert.run(idOf(n), createdAt, deletedAt);
  }
  database.exec(`
    INSERT INTO conversations (id, title, created_at, updated_at, deleted_at)
      VALUES ('c', 'Third', 1, 1, 30), ('b', 'First', 1, 1, 10), ('a', 'Second', 1, 1, 20), ('d', 'Kept', 1, 1, NULL);
    INSERT INTO collections (id, name, position, created_at) VALUES ('${idOf(0)}', 'Foxes', 1, 1);
    INSERT INTO collection_images (collection_id, image_id, added_at)
      VALUES ('${idOf(0)}', '${idOf(0)}', 5), ('${idOf(0)}', '${idOf(1)}', 9), ('${idOf(0)}', '${idOf(2)}', 7);`);
  const rows = database.prepare('SELECT * FROM user_images ORDER BY id').all();
  database.close();

  const store = openStore({ file, nativeBinding: nativeBinding(process.cwd()) });
  onTestFinished(() => store.close());
  return { file, rows, store };
}

test('keeps the rows of version 13', () => {
  const { file, rows, store } = migrated();
  const plain = openPlain(file);
  onTestFinished(() => void plain.close());
  expect(plain.prepare('SELECT * FROM user_images ORDER BY id').all()).toEqual(
    rows.map((row) => ({
      ...Object(row),
      ...{ deletion: expect.toSatisfy((n) => n === null || n > 0), parent_id: null },
      ...{ linked_path: null, linked_modified_at: null },
    })),
  );
  expect(store.check('full')).toEqual([]);
});

test('keeps the order of the gallery, by date and then by arrival', () => {
  const { store } = migrated();
  expect(readGallery(store, everyPicture).map(({ id }) => id)).toEqual([1, 3, 0, 2].map(idOf));
});

test('keeps the order of deletion, and continues it', () => {
  const { store } = migrated();
  const pictures = () => store.trash.pictures(9).map(({ image }) => image.id);
  expect(pictures()).toEqual([4, 6, 5].map(idOf));
  store.trash.add(idOf(0), 1);
  expect(pictures()).toEqual([0, 4, 6, 5].map(idOf));
  const titles = () => store.trash.conversations(9).map(({ title }) => title);
  expect(titles()).toEqual(['Third', 'Second', 'First']);
  store.conversations.delete('d', 1);
  expect(titles()).toEqual(['Kept', 'Third', 'Second', 'First']);
});

test('keeps the cover of a collection, and continues its order', () => {
  const { store } = migrated();
  expect(store.collections.find(idOf(0))?.coverId).toBe(idOf(1));
  store.collections.add(idOf(0), [idOf(3)], 1);
  expect(store.collections.find(idOf(0))?.coverId).toBe(idOf(3));
});
