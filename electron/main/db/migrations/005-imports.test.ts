import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { openPlain } from '../test-database';

test('keeps pictures of version 4 unchanged, without a hash', () => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations.slice(0, 4));
  database.exec(`
    INSERT INTO user_images (id, message_id, file, width, height, bytes, prompt, provider, model, created_at)
      VALUES ('m', 'm', 'images/0m/m.png', 3, 2, 1, 'a fox', 'painter', 'painter-1', 1)`);
  const before = database.prepare('SELECT * FROM user_images').get();

  migrate(database, migrations.slice(0, 5));
  expect(database.prepare('SELECT * FROM user_images').get()).toEqual({
    ...Object(before),
    content_hash: null,
  });
  expect(database.prepare('SELECT * FROM import_intents').all()).toEqual([]);
});

test.each([
  ['SELECT id FROM user_images WHERE content_hash = ?', 'user_images_by_content'],
  ['SELECT id FROM user_images WHERE bytes = ? AND content_hash IS NULL', 'user_images_not_hashed'],
])('%s uses an index', (sql, index) => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations);
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(Buffer.alloc(0));
  expect(JSON.stringify(plan)).toContain(index);
});
