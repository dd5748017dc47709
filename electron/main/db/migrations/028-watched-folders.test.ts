import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { openPlain } from '../test-database';

const before = migrations.findIndex((sql) => sql.includes('CREATE TABLE watched_folders'));

test('keeps the pictures and unfinished imports of the version before, none of which is linked', () => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations.slice(0, before));
  database.exec(`
    INSERT INTO user_images (id, message_id, file, width, height, bytes, prompt, provider, model, created_at)
      VALUES ('m', 'm', 'images/0m/m.png', 3, 2, 1, 'a fox', 'painter', 'painter-1', 1);
    INSERT INTO import_intents (id, name, content_hash, created_at) VALUES ('i', 'a', x'00', 1);`);
  const picture = database.prepare('SELECT * FROM user_images').get();
  const intent = database.prepare('SELECT * FROM import_intents').get();

  migrate(database, migrations.slice(0, before + 1));
  const link = { linked_path: null, linked_modified_at: null };
  expect(database.prepare('SELECT * FROM user_images').get()).toEqual({ ...Object(picture), ...link });
  expect(database.prepare('SELECT * FROM import_intents').get()).toEqual({
    ...{ ...Object(intent), ...link },
    watched: 0,
  });
  expect(database.prepare('SELECT * FROM watched_folders').all()).toEqual([]);
});

test.each([
  ['SELECT 1 FROM watched_files WHERE content_hash = ?', 'watched_files_by_content'],
  [
    "SELECT path FROM watched_files INDEXED BY watched_files_unread WHERE folder_id = ? AND outcome <> 'taken'",
    'watched_files_unread',
  ],
  ['SELECT id FROM user_images WHERE linked_path = ?', 'user_images_linked'],
])('%s uses an index', (sql, index) => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations);
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all('');
  expect(JSON.stringify(plan)).toContain(index);
});
