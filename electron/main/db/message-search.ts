// The full-text index of the texts of conversations.
import type { Database } from 'better-sqlite3';
import { maxPerStep, takeStep } from './index-steps';
import { createIndexMerging } from './merge-index';
import { prepareQuery } from './prepare-query';
import { partsOf, type WordSearch, wordsOf } from './search-words';

/** The full-text indexes of the messages. */
export const messageIndexes = ['message_words', 'message_parts'] as const;

/** Rebuilds a damaged index from the messages. Any connection may run it. */
export const rebuildMessageIndex = `
  INSERT INTO message_words (message_words) VALUES ('delete-all');
  INSERT INTO message_parts (message_parts) VALUES ('delete-all');
  INSERT OR IGNORE INTO message_search_queue SELECT id FROM messages WHERE kind = 'text';`;

/** Maximum number of matches of a tier that are read, because many may be in deleted conversations. */
const maxSearched = 1000;

export type MessageMatch = { id: string; conversation_id: string; text: string };

const matchColumns = { id: 'm.id', conversation_id: 'm.conversation_id', text: 'm.text' } as const;

export function createMessageSearchReads(database: Database) {
  const prepareMatches = (index: (typeof messageIndexes)[number], narrowing: string) =>
    prepareQuery<[{ match: string; phrases: string; limit: number }], MessageMatch>(
      database,
      matchColumns,
      (list) => `SELECT ${list} FROM (
         SELECT rowid AS id FROM ${index} WHERE ${index} MATCH @match AND ${narrowing}
         ORDER BY rowid DESC LIMIT ${maxSearched}) AS found
       JOIN message_search_rows r ON r.id = found.id
       JOIN messages m ON m.id = r.message_id
       JOIN conversations c ON c.id = m.conversation_id AND c.deleted_at IS NULL
       ORDER BY found.id DESC LIMIT @limit`,
    );
  const byParts = prepareMatches('message_parts', '@phrases IS NOT NULL');
  const byPhrases = prepareMatches('message_words', '@phrases IS NOT NULL');
  const byBoth = prepareMatches(
    'message_parts',
    'rowid IN (SELECT rowid FROM message_words WHERE message_words MATCH @phrases)',
  );

  return {
    /** Returns up to `limit` messages, the best matches first and then the newest. */
    find({ tiers, phrases }: WordSearch, limit: number): MessageMatch[] {
      if (tiers.length === 0) return byPhrases.all({ match: phrases ?? '', phrases: '', limit });
      const found: MessageMatch[] = [];
      for (const match of tiers) {
        if (found.length >= limit) break;
        const statement = phrases === null ? byParts : byBoth;
        found.push(...statement.all({ match, phrases: phrases ?? '', limit: limit - found.length }));
      }
      return found;
    },
  };
}

export function createMessageSearchWrites(database: Database) {
  const queued = prepareQuery<[number], { id: string; text: string | null }>(
    database,
    { id: 'message_id', text: 'text' },
    (list) => `SELECT ${list} FROM message_search_queue LEFT JOIN messages ON messages.id = message_id
       ORDER BY message_id DESC LIMIT ?`,
  );
  const addRow = database.prepare<[string]>(
    'INSERT OR IGNORE INTO message_search_rows (message_id) VALUES (?)',
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
      // FTS5 writes ascending numbers much faster.
      for (const { id: messageId, text: words } of messages.toReversed()) {
        addRow.run(messageId);
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
