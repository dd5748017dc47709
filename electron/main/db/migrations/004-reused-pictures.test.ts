import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { madeFromSql } from '../reusable-pictures';
import { openPlain } from '../test-database';

function databaseOf(version: number) {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations.slice(0, version));
  return database;
}

test('keeps rows of version 3 unchanged, with their own pictures', () => {
  const database = databaseOf(3);
  database.exec(`
    INSERT INTO conversations (id, title, created_at, updated_at) VALUES ('c', 'Fox', 1, 2);
    INSERT INTO messages (id, conversation_id, role, kind, status, image_file, created_at, updated_at)
      VALUES ('m', 'c', 'assistant', 'image', 'ready', 'images/0m/m.png', 1, 2);
    INSERT INTO image_generation_log (id, message_id, provider, model, outcome, requested_at, duration_ms)
      VALUES ('l', 'm', 'painter', 'painter-1', 'ready', 1, 2);`);
  const message = database.prepare('SELECT * FROM messages').get();
  const attempt = database.prepare('SELECT * FROM image_generation_log').get();

  migrate(database, migrations.slice(0, 4));
  expect(database.prepare('SELECT * FROM messages').get()).toEqual({ ...Object(message), picture_id: null });
  expect(database.prepare('SELECT * FROM image_generation_log').get()).toEqual({
    ...Object(attempt),
    picture_id: null,
  });
});

test('finds a recipe by its index', () => {
  const plan = databaseOf(migrations.length)
    .prepare(`EXPLAIN QUERY PLAN ${madeFromSql('*')}`)
    .all({ provider: 'painter', model: 'painter-1', key: 'afox', seed: 1, limit: 1 });
  expect(JSON.stringify(plan)).toContain('user_images_by_prompt (provider=? AND model=? AND <expr>=?)');
});
