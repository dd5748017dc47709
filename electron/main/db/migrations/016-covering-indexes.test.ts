import { expect, onTestFinished, test } from 'vitest';
import { everyPicture } from '../../../../shared/domain/gallery-query';
import { temporaryFolder } from '../../test-support/temporary-folder';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { nativeBinding } from '../native-binding';
import { openStore } from '../open';
import { openPlain } from '../test-database';

const before = 15;

function migrated() {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = `${folder}/afterimage.db`;
  const old = openPlain(file);
  migrate(old, migrations.slice(0, before));
  old.exec(`
    INSERT INTO user_images (id, file, width, height, bytes, prompt, provider, model, created_at, deleted_at, favourite)
      VALUES ('a', 'a.png', 3, 2, 1, 'a fox', 'painter', 'painter-1', 10, NULL, 1),
             ('b', 'b.png', 3, 2, 1, 'a fox', 'painter', 'painter-1', 20, NULL, 0),
             ('c', 'c.png', 3, 2, 1, 'a fox', 'google', 'imagen', 30, NULL, 0),
             ('d', 'd.png', 3, 2, 1, 'a fox', 'google', 'imagen', 40, 50, 1);
    INSERT INTO charges VALUES ('x', 'picture', NULL, 'google', 'imagen', 5, 'made', 40);
    INSERT INTO image_generation_log VALUES ('l', 'm', 'google', 'imagen', 'ready', NULL, 5, 700, 40, NULL);`);
  old.close();
  const store = openStore({ file, nativeBinding: nativeBinding(process.cwd()) });
  const plain = openPlain(file);
  onTestFinished(() => {
    plain.close();
    store.close();
  });
  return { store, plain };
}

test('keeps the rows of version 15 and what is counted from them', () => {
  const { store } = migrated();
  expect(store.check('full')).toEqual([]);
  expect(store.galleryFacets.facets()).toEqual({
    models: [
      { id: 'painter-1', count: 2 },
      { id: 'imagen', count: 1 },
    ],
    providers: [
      { id: 'painter', count: 2 },
      { id: 'google', count: 1 },
    ],
  });
  expect(store.galleryFacets.count({ ...everyPicture, favourites: true })).toBe(1);
  expect(store.collections.list()).toMatchObject({ everything: 3, favourites: 1 });
  expect(store.galleryOrder.months()).toMatchObject([{ count: 3 }]);
  expect(store.charges.daily()).toMatchObject([{ provider: 'google', costMicroUsd: 40 }]);
  expect(store.generationLog.durations('google', 'imagen', '1K')).toEqual([700]);
});

test.each([
  'SELECT model, count(*) FROM user_images WHERE deleted_at IS NULL GROUP BY model',
  'SELECT provider, count(*) FROM user_images WHERE deleted_at IS NULL GROUP BY provider',
  'SELECT count(*) FROM user_images WHERE favourite = 1 AND deleted_at IS NULL',
  'SELECT count(*) FROM user_images WHERE deleted_at IS NULL AND created_at >= 1 AND created_at < 9',
  'SELECT sum(amount_micro_usd) FROM charges WHERE requested_at >= 1',
  `SELECT provider, sum(kind = 'picture' AND state = 'made'), sum(amount_micro_usd) FROM charges
   WHERE requested_at >= 1 AND requested_at < 9 GROUP BY provider`,
])('answers from an index alone: %s', (sql) => {
  const plan = migrated()
    .plain.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all()
    .map(({ detail }) => detail);
  expect(plan[0]).toContain('COVERING INDEX');
});

test('finds the newest pictures of a model by an index, without sorting', () => {
  const { plain } = migrated();
  const plan = plain
    .prepare<[], { detail: string }>(
      `EXPLAIN QUERY PLAN SELECT duration_ms FROM image_generation_log
       WHERE provider = 'a' AND model = 'b' AND outcome = 'ready' AND duration_ms > 0 AND picture_id IS NULL
       ORDER BY rowid DESC LIMIT 9`,
    )
    .all()
    .map(({ detail }) => detail)
    .join();
  expect(plan).toContain('image_generation_log_by_model');
  expect(plan).not.toContain('TEMP B-TREE');
});
