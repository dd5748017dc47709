import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { openPlain } from '../test-database';

test('keeps messages of version 2 unchanged, without a signature or a wait', () => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations.slice(0, 2));
  database.exec(`
    INSERT INTO conversations (id, title, created_at, updated_at) VALUES ('c', 'Fox', 1, 2);
    INSERT INTO messages (id, conversation_id, role, kind, status, image_file, created_at, updated_at)
      VALUES ('m', 'c', 'assistant', 'image', 'ready', 'images/0m/m.png', 1, 2);`);
  const before = database.prepare('SELECT * FROM messages').get();
  migrate(database, migrations.slice(0, 3));
  expect(database.prepare('SELECT * FROM messages').get()).toEqual({
    ...Object(before),
    thought_signature: null,
    retry_at: null,
  });
});
