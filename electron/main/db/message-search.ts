// The full-text index of the texts of conversations.
import type { Database } from 'better-sqlite3';
import { maxPerStep, takeStep } from './index-steps';
import { createIndexMerging } from './merge-index';
import { prepareQuery } from './prepare-query';
import { partsOf, wordsOf } from './search-words';
import { createTieredSearch } from './tiered-search';

/** The full-text indexes of the messages. */
export const messageIndexes = ['message_words', 'message_parts'] as const;

/** Rebuilds a damaged index from the messages. Any connection may run it. */
export const rebuildMessageIndex = `
  INSERT INTO message_words (message_words) VALUES ('delete-all');
  INSERT INTO message_parts (message_parts) VALUES ('delete-all');
  INSERT OR IGNORE INTO message_search_rows (message_id) SELECT id FROM messages WHERE kind = 'text' ORDER BY id;
  INSERT OR IGNORE INTO message_search_queue SELECT id FROM messages WHERE kind = 'text';`;

export type MessageMatch = { id: string; conversation_id: string; text: string };

export function createMessageSearchReads(database: Database) {
  const find = createTieredSearch<MessageMatch>(database, {
    parts: 'message_parts',
    words: 'message_words',
    columns: { id: 'm.id', conversation_id: 'm.conversation_id', text: 'm.text' },
    joins: `CROSS JOIN message_search_rows number ON number.id = found.rowid
            CROSS JOIN messages m ON m.id = number.message_id
            CROSS JOIN conversations c ON c.id = m.conversation_id AND c.deleted_at IS NULL`,
  });
  return {
    /** Returns up to `limit` messages, the best matches first and then the newest. */
    find,
  };
}

export function createMessageSearchWrites(database: Database) {
  const queued = prepareQuery<[number], { id: string; text: string | null }>(
    database,
    { id: 'message_id', text: 'text' },
    (list) => `SELECT ${list} FROM message_search_queue LEFT JOIN messages ON messages.id = message_id
       ORDER BY message_id DESC LIMIT ?`,
  );
  const row = database
    .prepare<[string], number>('SELECT id FROM message_search_rows WHERE message_id = ?')
    .pluck();
  const removals = messageIndexes.map((index) =>
    database.prepare<[number]>(`DELETE FROM ${index} WHERE rowid = ?`),
  );
  const addWords = database.prepare<{ id: bigint; text: string }>(
    'INSERT INTO message_words (rowid, text) VALUES (@id, @text)',
  );
  const addParts = database.prepare<{ id: bigint; text: string }>(
    'INSERT INTO message_parts (rowid, parts) VALUES (@id, @text)',
  );
  const dequeue = database.prepare<[string]>('DELETE FROM message_search_queue WHERE message_id = ?');

  return {
    ...createIndexMerging(database, messageIndexes),
    /** Indexes a few queued messages, the newest first. Call it inside a transaction. Returns how many. */
    indexQueued(): number {
      const messages = takeStep(queued.all(maxPerStep), ({ text }) => text?.length ?? 0);
      // FTS5 writes ascending numbers much faster. A message got its number when it was queued: see migrations/042.
      for (const { id: messageId, text: words } of messages.toReversed()) {
        const id = row.get(messageId);
        if (id !== undefined && words !== null) {
          for (const removal of removals) removal.run(id);
          // SQLite takes a JavaScript number for a real one.
          addWords.run({ id: BigInt(id), text: wordsOf(words).join(' ') });
          addParts.run({ id: BigInt(id), text: partsOf(words).join(' ') });
        }
        dequeue.run(messageId);
      }
      return messages.length;
    },
  };
}
