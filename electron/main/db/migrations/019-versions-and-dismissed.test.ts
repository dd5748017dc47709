import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../test-support/temporary-folder';
import { migrate } from '../migrate';
import { migrations } from '../migrations';
import { nativeBinding } from '../native-binding';
import { openStore } from '../open';
import { openPlain } from '../test-database';
import migration from './019-versions-and-dismissed.sql?raw';

const before = migrations.indexOf(migration);

/** Returns a database of the version before, with these messages in a conversation, after the migration. */
function migrated(messages: string) {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = `${folder}/afterimage.db`;
  const old = openPlain(file);
  migrate(old, migrations.slice(0, before));
  old.exec(
    `INSERT INTO conversations (id, title, created_at, updated_at) VALUES ('c', 'A chat', 1, 1); ${messages}`,
  );
  old.close();
  const store = openStore({ file, nativeBinding: nativeBinding(process.cwd()) });
  const plain = openPlain(file);
  onTestFinished(() => {
    plain.close();
    store.close();
  });
  return { store, plain };
}

const three = `INSERT INTO messages (id, conversation_id, role, kind, status, text, created_at, updated_at)
  VALUES ('a', 'c', 'user', 'text', 'ready', 'x', 1, 1), ('b', 'c', 'assistant', 'text', 'failed', '', 1, 1),
         ('d', 'c', 'user', 'text', 'ready', 'y', 1, 1)`;

test('keeps the messages and their order, as one version each', () => {
  const { store } = migrated(three);
  const { messages, total, shown } = store.messages.page('c', null, 9);
  expect(messages.map(({ id, seq }) => [id, seq])).toEqual([
    ['a', 1],
    ['b', 2],
    ['d', 3],
  ]);
  expect([total, shown]).toEqual([3, undefined]);
  for (const message of messages) {
    expect(message).not.toHaveProperty('versions');
    expect(message).not.toHaveProperty('isDismissed');
  }
  expect(store.check('full')).toEqual([]);
});

test('numbers what is added afterwards, in the trunk and in a branch', () => {
  const { store, plain } = migrated(three);
  plain.exec(`INSERT INTO messages (id, conversation_id, role, kind, status, created_at, updated_at, branch, version_of)
    VALUES ('e', 'c', 'user', 'text', 'ready', 1, 1, '', NULL), ('v', 'c', 'user', 'text', 'ready', 1, 1, 'v', 'd'),
           ('w', 'c', 'assistant', 'text', 'ready', 1, 1, 'v', NULL)`);
  const seqs = ['e', 'v', 'w'].map((id) => store.messages.find(id)?.seq);
  expect(seqs).toEqual([4, 3, 4]);
});

test('refuses the same position twice in a branch', () => {
  const { plain } = migrated(three);
  const insert = (branch: string) =>
    plain.exec(`INSERT INTO messages (id, conversation_id, role, kind, status, created_at, updated_at, branch, seq)
      VALUES ('e${branch}', 'c', 'user', 'text', 'ready', 1, 1, '${branch}', 3)`);
  expect(() => insert('')).toThrow('UNIQUE');
  expect(() => insert('v')).not.toThrow();
});

test('pages by the index, without sorting', () => {
  const { plain } = migrated(three);
  const plan = plain
    .prepare<[], { detail: string }>(
      `EXPLAIN QUERY PLAN SELECT id FROM messages WHERE conversation_id = 'c' AND branch = '' AND seq < 9
       ORDER BY seq DESC LIMIT 9`,
    )
    .all()
    .map(({ detail }) => detail)
    .join();
  expect(plan).toContain('messages_by_conversation');
  expect(plan).not.toContain('TEMP B-TREE');
});
