import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { openPlain } from '../test-database';

test('keeps rows of version 1 unchanged, neither purged nor missing', () => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations.slice(0, 1));
  database.exec(`
    INSERT INTO conversations (id, title, created_at, updated_at, deleted_at) VALUES ('c', 'Fox', 1, 2, 3);
    INSERT INTO messages (id, conversation_id, role, kind, status, image_file, created_at, updated_at)
      VALUES ('m', 'c', 'assistant', 'image', 'ready', 'images/0m/m.png', 1, 2);
    INSERT INTO user_images (id, message_id, file, width, height, bytes, prompt, provider, model, created_at)
      VALUES ('m', 'm', 'images/0m/m.png', 3, 2, 1, 'a fox', 'painter', 'painter-1', 1);`);
  const before = {
    image: database.prepare('SELECT * FROM user_images').get(),
    conversation: database.prepare('SELECT * FROM conversations').get(),
    message: database.prepare('SELECT * FROM messages').get(),
  };

  migrate(database, migrations.slice(0, 2));
  expect(database.prepare('SELECT * FROM user_images').get()).toEqual({
    ...Object(before.image),
    purged_at: null,
    missing_at: null,
  });
  expect(database.prepare('SELECT * FROM conversations').get()).toEqual({
    ...Object(before.conversation),
    purged_at: null,
  });
  expect(database.prepare('SELECT * FROM messages').get()).toEqual(before.message);
});

test.each([
  [`SELECT id FROM user_images WHERE file >= 'images/0m/' AND file < 'images/0m0'`, 'user_images_by_file'],
  [`SELECT id FROM messages WHERE image_file = 'images/0m/m.png'`, 'messages_by_file'],
  [
    `SELECT id FROM user_images WHERE deleted_at <= 7 AND purged_at IS NULL ORDER BY deleted_at LIMIT 1`,
    'user_images_in_trash',
  ],
])('%s uses an index', (sql, index) => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations);
  expect(JSON.stringify(database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all())).toContain(index);
});
