// The full-text index of the texts of conversations.
import type { Database } from 'better-sqlite3';
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
         SELECT rowid AS id FROM ${index} WHERE ${index} MATCH @match ORDER BY rowid DESC LIMIT ${maxSearched}) AS found
       JOIN message_search_rows r ON r.id = found.id
       JOIN messages m ON m.id = r.message_id
       JOIN conversations c ON c.id = m.conversation_id AND c.deleted_at IS NULL
       WHERE ${narrowing} ORDER BY found.id DESC LIMIT @limit`,
    );
  const byParts = prepareMatches('message_parts', '@phrases IS NOT NULL');
  const byPhrases = prepareMatches('message_words', '@phrases IS NOT NULL');
  const byBoth = prepareMatches(
    'message_parts',
    'found.id IN (SELECT rowid FROM message_words WHERE message_words MATCH @phrases)',
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
  const queued = database
    .prepare<[number], string>('SELECT message_id FROM message_search_queue ORDER BY message_id DESC LIMIT ?')
    .pluck();
  const text = database.prepare<[string], string>('SELECT text FROM messages WHERE id = ?').pluck();
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
    /** Indexes up to `limit` queued messages, the newest first. Call it inside a transaction. Returns how many. */
    indexQueued(limit: number): number {
      const ids = queued.all(limit);
      // FTS5 writes ascending numbers much faster.
      for (const messageId of ids.toReversed()) {
        addRow.run(messageId);
        const id = row.get(messageId);
        const words = text.get(messageId);
        if (id !== undefined && words !== undefined) {
          for (const removal of removals) removal.run(id);
          // SQLite takes a JavaScript number for a real one.
          addWords.run({ id: BigInt(id), text: wordsOf(words).join(' ') });
          addParts.run({ id: BigInt(id), text: partsOf(words).join(' ') });
        }
        dequeue.run(messageId);
      }
      return ids.length;
    },
  };
}
