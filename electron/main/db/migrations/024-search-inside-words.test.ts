import { setImmediate as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { everyPicture } from '../../../../shared/domain/gallery-query';
import { indexSearchWords } from '../../gallery/index-search-words';
import { temporaryFolder } from '../../test-support/temporary-folder';
import { migrations } from '../migrations';
import { nativeBinding } from '../native-binding';
import { openStore } from '../open';
import { openPlain } from '../test-database';
import { fillOlder } from '../test-older-database';

const before = migrations.findIndex((sql) => sql.includes('CREATE VIRTUAL TABLE picture_parts'));
const rows = 350;

function migrated() {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = `${folder}/afterimage.db`;
  const old = openPlain(file);
  fillOlder(old, before, rows);
  // The app of that version has indexed all of them.
  old.exec(`INSERT INTO picture_words (rowid, prompt, model, provider)
      SELECT order_key, prompt, model, provider FROM user_images;
    DELETE FROM search_queue;`);
  old.close();
  const store = openStore({ file, nativeBinding: nativeBinding(process.cwd()) });
  onTestFinished(() => store.close());
  return { store, file };
}

test('finds what is inside the words of an older database, the newest first, and says what is missing', async () => {
  const { store } = migrated();
  const count = (text: string) => store.galleryFacets.count({ ...everyPicture, text });
  // Every tenth picture is in Trash.
  const all = rows - rows / 10;
  expect(store.searchIndex.unindexed()).toBe(rows);
  expect(count('house')).toBe(0);

  const seen: { left: number; found: number; newest: number }[] = [];
  const onProgress = (left: number) =>
    void seen.push({ left, found: count('house'), newest: count(`number ${rows - 1}`) });
  await indexSearchWords({ store, signal: new AbortController().signal, pause, onProgress });
  const lefts = seen.map(({ left }) => left);
  expect(lefts).toEqual(lefts.toSorted((a, b) => b - a));
  expect(lefts.length).toBeGreaterThan(3);
  expect(lefts.at(-1)).toBe(0);
  expect(seen.every(({ newest }) => newest === 1)).toBe(true);
  // The reported number of missing pictures is the number not found, except for pictures in Trash.
  const missing = (left: number) => left - Math.ceil(left / 10);
  expect(seen.map(({ found }) => found)).toEqual(lefts.map((left) => all - missing(left)));
  expect(store.searchIndex.unindexed()).toBe(0);
  expect(store.check('full')).toEqual([]);
});

test('removes a permanently deleted picture from both indexes', async () => {
  const { store, file } = migrated();
  await indexSearchWords({ store, signal: new AbortController().signal, pause });
  const database = openPlain(file);
  onTestFinished(() => void database.close());
  database.exec('DELETE FROM user_images WHERE deleted_at IS NOT NULL');
  const left = (index: string) => database.prepare(`SELECT count(*) FROM ${index}`).pluck().get();
  expect([left('picture_words'), left('picture_parts')]).toEqual([rows * 0.9, rows * 0.9]);
});
