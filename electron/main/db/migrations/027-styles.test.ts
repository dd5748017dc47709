import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { openPlain } from '../test-database';
import styles from './027-styles.sql?raw';

test('keeps the messages of the version before, which have no styles', () => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  const before = migrations.indexOf(styles);
  migrate(database, migrations.slice(0, before));
  database.exec(`
    INSERT INTO conversations (id, title, created_at, updated_at) VALUES ('c', 'Fox', 1, 2);
    INSERT INTO messages (id, conversation_id, role, kind, status, text, created_at, updated_at)
      VALUES ('m', 'c', 'user', 'text', 'ready', 'a fox', 1, 2);`);
  const row = database.prepare('SELECT * FROM messages').get();
  migrate(database, migrations.slice(0, before + 1));
  expect(database.prepare('SELECT * FROM messages').get()).toEqual({ ...Object(row), styles: null });
  expect(database.prepare('SELECT * FROM styles').all()).toEqual([]);
});
