import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { openPlain } from '../test-database';
import suggestions from './032-suggestions.sql?raw';

test('adds no suggestion, and changes neither drafts nor charges of the version before', () => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  const before = migrations.indexOf(suggestions);
  migrate(database, migrations.slice(0, before));
  database.exec(`
    INSERT INTO drafts (conversation_id, question_id, draft) VALUES ('c', 'q', '{}');
    INSERT INTO charges (id, kind, provider, requested_at, state) VALUES ('r', 'text', 'google', 1, 'open');`);
  const read = () => ['drafts', 'charges'].map((table) => database.prepare(`SELECT * FROM ${table}`).all());
  const rows = read();
  migrate(database, migrations.slice(0, before + 1));
  expect(read()).toEqual(rows);
  expect(database.prepare('SELECT * FROM suggestions').all()).toEqual([]);
});
