// The conversations table.
import type { Database } from 'better-sqlite3';
import type { Conversation } from '../../../shared/domain/conversations';

type Row = { id: string; title: string; pinned: number; created_at: number; updated_at: number };

export function createConversations(database: Database) {
  const columns = 'id, title, pinned, created_at, updated_at';
  const insert = database.prepare<[string, string, number, number]>(
    'INSERT INTO conversations (id, title, created_at, updated_at) VALUES (?, ?, ?, ?)',
  );
  const find = database.prepare<[string], Row>(
    `SELECT ${columns} FROM conversations WHERE id = ? AND deleted_at IS NULL`,
  );
  const newest = database.prepare<[number], Row>(
    `SELECT ${columns} FROM conversations WHERE deleted_at IS NULL
     ORDER BY pinned DESC, updated_at DESC LIMIT ?`,
  );
  const latest = database
    .prepare<[], string>(
      'SELECT id FROM conversations WHERE deleted_at IS NULL ORDER BY updated_at DESC LIMIT 1',
    )
    .pluck();
  const count = database
    .prepare<[], number>('SELECT count(*) FROM conversations WHERE deleted_at IS NULL')
    .pluck();
  const touch = database.prepare<[number, string]>(
    'UPDATE conversations SET updated_at = ? WHERE id = ? AND deleted_at IS NULL',
  );
  const rename = database.prepare<[string, string]>('UPDATE conversations SET title = ? WHERE id = ?');
  const pin = database.prepare<[number, string]>('UPDATE conversations SET pinned = ? WHERE id = ?');
  const setDeleted = database.prepare<[number, string]>(
    'UPDATE conversations SET deleted_at = ? WHERE id = ?',
  );
  const restore = database.prepare<[string]>(
    'UPDATE conversations SET deleted_at = NULL WHERE id = ? AND purged_at IS NULL',
  );

  return {
    insert(conversation: { id: string; title: string; createdAt: number }): void {
      insert.run(conversation.id, conversation.title, conversation.createdAt, conversation.createdAt);
    },
    /** @returns the conversation, or undefined where there is none or it was deleted. */
    find(id: string): Conversation | undefined {
      const row = find.get(id);
      return row && toConversation(row);
    },
    /** @returns up to `limit` conversations: the pinned ones, then the most recently used. */
    newest(limit: number): Conversation[] {
      return newest.all(limit).map(toConversation);
    },
    /** @returns the id of the one used last. */
    latestId(): string | undefined {
      return latest.get();
    },
    count(): number {
      return count.get() ?? 0;
    },
    /** Marks it as used now. One that was deleted stays as it is. */
    touch(id: string, at: number): void {
      touch.run(at, id);
    },
    rename(id: string, title: string): void {
      rename.run(title, id);
    },
    pin(id: string, pinned: boolean): void {
      pin.run(pinned ? 1 : 0, id);
    },
    delete(id: string, at: number): void {
      setDeleted.run(at, id);
    },
    /** One whose removal for good has begun stays gone. */
    restore(id: string): void {
      restore.run(id);
    },
  };
}

function toConversation(row: Row): Conversation {
  return {
    id: row.id,
    title: row.title,
    pinned: row.pinned === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
