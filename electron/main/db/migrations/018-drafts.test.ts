import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { openPlain } from '../test-database';

const draft = JSON.stringify({
  ...{ questionId: '01930000-0000-7000-8000-0000000000ab', text: 'half a thought', mode: 'picture' },
  ...{ aspectRatio: '3:2', count: 2, seed: 7, references: [] },
});

/** Migrates a database of version 17 with this row of view state. @returns the drafts, and the view state's keys. */
function migrated(value: string | null, fill = '') {
  const database = openPlain(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, migrations.slice(0, 17));
  database.exec("INSERT INTO view_state (key, value) VALUES ('sidebar', '\"closed\"')");
  if (value !== null) database.prepare("INSERT INTO view_state VALUES ('draft', ?)").run(value);
  database.exec(fill);
  migrate(database, migrations.slice(0, 18));
  return {
    drafts: database.prepare('SELECT conversation_id, question_id, draft FROM drafts').raw().all(),
    keys: database.prepare('SELECT key FROM view_state').pluck().all(),
  };
}

const conversations = `INSERT INTO conversations (id, title, created_at, updated_at, activity, deleted_at) VALUES
  ('old', 'Old', 1, 1, 1, NULL), ('last', 'Last', 1, 1, 2, NULL), ('deleted', 'Deleted', 1, 1, 3, 5)`;

test('gives the draft of version 17 to the conversation that was used last', () => {
  const questionId = '01930000-0000-7000-8000-0000000000ab';
  expect(migrated(draft, conversations)).toEqual({
    drafts: [['last', questionId, draft]],
    keys: ['sidebar'],
  });
});

test('gives it to a new chat if there is no conversation', () => {
  const questionId = '01930000-0000-7000-8000-0000000000ab';
  expect(migrated(draft)).toEqual({ drafts: [[questionId, questionId, draft]], keys: ['sidebar'] });
});

test.each([null, 'null', '{', '7', '[]', '{}', '{"questionId":7}', ''])('has no draft of %j', (value) => {
  expect(migrated(value, conversations)).toEqual({ drafts: [], keys: ['sidebar'] });
});
