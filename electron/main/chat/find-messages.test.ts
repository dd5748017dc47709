import { setImmediate as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { rebuildMessageIndex } from '../db/message-search';
import { migrations } from '../db/migrations';
import { nativeBinding } from '../db/native-binding';
import { openStore } from '../db/open';
import { openPlain } from '../db/test-database';
import { fillOlder } from '../db/test-older-database';
import { indexMessages, indexSearchWords } from '../gallery/index-search-words';
import { temporaryFolder } from '../test-support/temporary-folder';
import { searchConversations } from './search-conversations';

const before = migrations.findIndex((sql) => sql.includes('message_search_rows'));

async function migrated(rows = 120) {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = `${folder}/afterimage.db`;
  const old = openPlain(file);
  fillOlder(old, before, rows);
  old.close();
  const store = openStore({ file, nativeBinding: nativeBinding(process.cwd()) });
  const plain = openPlain(file);
  onTestFinished(() => {
    plain.close();
    store.close();
  });
  await indexSearchWords({ store, signal: new AbortController().signal, pause });
  const insert = plain.prepare(
    `INSERT INTO messages (id, conversation_id, role, kind, status, text, created_at, updated_at)
     VALUES (?, (SELECT min(id) FROM conversations), 'assistant', 'text', ?, ?, 1, 1)`,
  );
  const find = (text: string) => {
    indexMessages(store);
    return searchConversations(store, text, 50).messages;
  };
  return {
    store,
    find,
    write: (sql: string) => plain.exec(sql),
    add: (id: string, text: string, status = 'ready') => insert.run(id, status, text),
  };
}

test('finds the messages of an older database by parts of their words, and the place in them', async () => {
  const { find, store } = await migrated();
  const [first, ...others] = find('ighthous number 118');
  expect(others).toEqual([]);
  expect(first?.excerpt).toContain('a lighthouse on a cliff');
  expect(store.messages.find(first?.id ?? '')).toMatchObject({ conversationId: first?.conversation.id });
  expect(find('"lighthouse on a cliff" 118')).toHaveLength(1);
  expect(find('"cliff on a lighthouse"')).toEqual([]);
  expect(find('lighthouse')).toHaveLength(20);
});

test('finds an answer when it is complete, by its last words, and in any script', async () => {
  const { add, find, write } = await migrated(4);
  add('a', 'Zur Straße nach Łó', 'streaming');
  expect(find('strasse')).toEqual([]);
  write(`UPDATE messages SET text = 'Zur Straße nach Łódź', status = 'ready' WHERE id = 'a'`);
  expect(find('strasse lodz').map(({ id }) => id)).toEqual(['a']);
  write(`UPDATE messages SET text = '富士山の夕焼け' WHERE id = 'a'`);
  expect([find('lodz'), find('士山')].map((found) => found.map(({ id }) => id))).toEqual([[], ['a']]);
});

test('lists whole words first, and nothing of a deleted conversation or message', async () => {
  const { add, find, write, store } = await migrated(4);
  add('a', 'a house');
  add('b', 'houses');
  add('c', 'greenhouse');
  const ids = () => find('house').flatMap(({ id }) => (id.length === 1 ? id : []));
  expect(ids()).toEqual(['a', 'b', 'c']);
  write(`DELETE FROM messages WHERE id = 'b'`);
  expect(ids()).toEqual(['a', 'c']);
  const [conversation] = find('greenhouse');
  store.conversations.delete(conversation?.conversation.id ?? '', 1);
  expect(ids()).toEqual([]);
  expect(store.check('full')).toEqual([]);
});

test('finds every message while many wait to be indexed', async () => {
  const { add, find } = await migrated(4);
  for (let at = 0; at < 100; at += 1) add(`m${at}`, `a heron number ${at}`);
  // Each search indexes for a few milliseconds.
  await expect.poll(() => find('heron number 3').map(({ excerpt }) => excerpt)).toContain('a heron number 3');
});

test('lists the newest of many messages first that came at once, also of a rebuilt index', async () => {
  const { add, find, store, write } = await migrated(4);
  for (let at = 100; at < 200; at += 1) add(`m${at}`, `a grebe number ${at}`);
  const index = () => indexSearchWords({ store, signal: new AbortController().signal, pause });
  await index();
  const newest = Array.from({ length: 20 }, (_, at) => `m${199 - at}`);
  expect(find('grebe').map(({ id }) => id)).toEqual(newest);
  write(rebuildMessageIndex);
  await index();
  expect(find('grebe').map(({ id }) => id)).toEqual(newest);
});

test('finds a message behind a thousand newer ones in deleted conversations', async () => {
  const { add, find, store, write } = await migrated(4);
  add('a', 'a grebe');
  write(`INSERT INTO conversations (id, title, created_at, updated_at, deleted_at) VALUES ('gone', '', 1, 1, 1);
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1001)
    INSERT INTO messages (id, conversation_id, role, kind, status, text, created_at, updated_at)
    SELECT 'b' || n, 'gone', 'assistant', 'text', 'ready', 'a grebe', 1, 1 FROM numbers`);
  await indexSearchWords({ store, signal: new AbortController().signal, pause });
  expect(find('grebe').map(({ id }) => id)).toEqual(['a']);
});

test('finds a phrase beside a word that a thousand newer messages have', async () => {
  const { add, find, store, write } = await migrated(4);
  add('a', 'a heron on a red barn');
  expect(find('red barn')).toHaveLength(1);
  write(`WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1001)
    INSERT INTO messages (id, conversation_id, role, kind, status, text, created_at, updated_at)
    SELECT 'b' || n, (SELECT min(id) FROM conversations), 'assistant', 'text', 'ready', 'a red heron', 1, 1 FROM numbers`);
  await indexSearchWords({ store, signal: new AbortController().signal, pause });
  for (const text of ['heron "red barn"', '"red barn"', 'her red-barn'])
    expect(find(text).map(({ id }) => id)).toEqual(['a']);
});

test('a message that its chat is named after is not found beside the chat', async () => {
  const { add, find, store, write } = await migrated(4);
  add('a', 'an owl in the snow');
  expect(find('owl snow').map(({ id }) => id)).toEqual(['a']);
  write(
    `UPDATE conversations SET title = 'an owl in the snow' WHERE id = (SELECT min(id) FROM conversations)`,
  );
  expect(find('owl snow')).toEqual([]);
  expect(searchConversations(store, 'owl snow', 50).byTitle).toHaveLength(1);
});
