import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { openPlain } from '../test-database';
import edits from './022-edits.sql?raw';

test('fills in the parents of the pictures of the version before, and keeps rows that are no JSON', () => {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  const before = migrations.indexOf(edits);
  migrate(database, migrations.slice(0, before));
  database.exec(`
    INSERT INTO conversations (id, title, created_at, updated_at) VALUES ('c', 'Fox', 1, 2);
    INSERT INTO messages (id, conversation_id, role, kind, status, params, parent_id, picture_id, created_at, updated_at)
      VALUES ('edited', 'c', 'assistant', 'image', 'ready', '{"aspectRatio":"1:1","seed":7}', 'first', NULL, 1, 2),
             ('first', 'c', 'assistant', 'image', 'ready', '{"mask"', NULL, NULL, 1, 2),
             ('reused', 'c', 'assistant', 'image', 'ready', NULL, 'first', 'edited', 1, 2);
    INSERT INTO user_images (id, file, width, height, bytes, prompt, provider, model, created_at)
      VALUES ('edited', 'a', 1, 1, 1, '', '', '', 1), ('first', 'b', 1, 1, 1, '', '', '', 2),
             ('reused', 'c', 1, 1, 1, '', '', '', 3);`);
  const rows = database.prepare('SELECT * FROM messages ORDER BY id').all();
  migrate(database, migrations.slice(0, before + 1));
  expect(database.prepare('SELECT id, parent_id FROM user_images ORDER BY id').raw().all()).toEqual([
    ['edited', 'first'],
    ['first', null],
    ['reused', null],
  ]);
  expect(database.prepare('SELECT * FROM messages ORDER BY id').all()).toEqual(rows);
  expect(database.prepare('SELECT * FROM edit_drafts').all()).toEqual([]);
});
