import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { openPlain } from '../test-database';

test('keeps messages of version 5 unchanged, without a cost or a wait', () => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations.slice(0, 5));
  database.exec(`
    INSERT INTO conversations (id, title, created_at, updated_at) VALUES ('c', 'Fox', 1, 2);
    INSERT INTO messages (id, conversation_id, role, kind, status, text, created_at, updated_at)
      VALUES ('m', 'c', 'assistant', 'text', 'ready', 'Hello', 1, 2);`);
  const before = database.prepare('SELECT * FROM messages').get();
  migrate(database, migrations.slice(0, 6));
  expect(database.prepare('SELECT * FROM messages').get()).toEqual({
    ...Object(before),
    cost_micro_usd: null,
    waits: 0,
  });
});
