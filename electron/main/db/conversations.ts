// The conversations table.
import type { Database } from 'better-sqlite3';
import type { Conversation, ConversationPlace } from '../../../shared/domain/conversations';
import { columnsOf } from './columns';
import { prepareQuery } from './prepare-query';
import type { SourceReads } from './search-sources';
import { wordSearch } from './search-words';
import type { RowOf } from './tables';
import { createTieredSearch } from './tiered-search';

const columns = columnsOf('conversations', [
  'id',
  'title',
  'pinned',
  'created_at',
  'updated_at',
  'activity',
  'revision',
]);
type Row = RowOf<'conversations', keyof typeof columns>;

const titleColumns = columnsOf('conversations', ['id', 'title']);
type TitleRow = RowOf<'conversations', keyof typeof titleColumns>;

export function createConversationReads(database: Database, { sources }: SourceReads) {
  const find = prepareQuery<[string], Row>(
    database,
    columns,
    (list) => `SELECT ${list} FROM conversations WHERE id = ? AND deleted_at IS NULL`,
  );
  const newest = prepareQuery<[number], Row>(
    database,
    columns,
    (list) => `SELECT ${list} FROM conversations WHERE deleted_at IS NULL
               ORDER BY pinned DESC, activity DESC LIMIT ?`,
  );
  const following = prepareQuery<[{ limit: number; pinned: number; activity: number }], Row>(
    database,
    columns,
    (list) => `SELECT ${list} FROM conversations
               WHERE deleted_at IS NULL AND (pinned, activity) < (@pinned, @activity)
               ORDER BY pinned DESC, activity DESC LIMIT @limit`,
  );
  const titles = prepareQuery<[], TitleRow>(
    database,
    titleColumns,
    (list) => `SELECT ${list} FROM conversations WHERE deleted_at IS NULL ORDER BY activity DESC`,
  );
  // The newest picture that can be shown: one made for a message, or one reused from the gallery.
  const cover = database
    .prepare<[string], string>(
      `SELECT coalesce(m.picture_id, m.id) FROM messages m
       WHERE m.conversation_id = ? AND m.kind = 'image' AND m.status = 'ready'
         AND EXISTS (SELECT 1 FROM user_images i
                     WHERE i.id = coalesce(m.picture_id, m.id) AND i.deleted_at IS NULL AND i.missing_at IS NULL)
       ORDER BY m.seq DESC LIMIT 1`,
    )
    .pluck();
  // A picture has the id of its message, which is in the index: the rows of its pictures need not be read.
  const withPictures = createTieredSearch(database, {
    parts: 'picture_parts',
    words: 'picture_words',
    columns: { id: 'c.id' },
    joins: `CROSS JOIN search_rows number ON number.id = found.rowid
            CROSS JOIN user_images i ON i.order_key = number.order_key AND i.deleted_at IS NULL
            CROSS JOIN messages m ON m.id = i.id
            CROSS JOIN conversations c ON c.id = m.conversation_id AND c.deleted_at IS NULL`,
  });
  const latest = database
    .prepare<[], string>(
      'SELECT id FROM conversations WHERE deleted_at IS NULL ORDER BY activity DESC LIMIT 1',
    )
    .pluck();
  const count = database
    .prepare<[], number>('SELECT count(*) FROM conversations WHERE deleted_at IS NULL')
    .pluck();

  return {
    /** Returns the conversation, or undefined if there is none or it is deleted. */
    find(id: string): Conversation | undefined {
      const row = find.get(id);
      return row && toConversation(row);
    },
    /**
     * Returns up to `limit` conversations: the pinned ones, then the most recently used.
     *
     * @param after the place of a conversation: only those that follow it.
     */
    newest(limit: number, after?: ConversationPlace): Conversation[] {
      const rows = after
        ? following.all({ limit, pinned: Number(after.pinned), activity: after.activity })
        : newest.all(limit);
      return rows.map(toConversation);
    },
    /** Returns the titles of all conversations, the most recently used first. */
    titles(): TitleRow[] {
      return titles.all();
    },
    /**
     * Returns the ids of up to `limit` conversations with pictures that the gallery finds by this text: those with the best
     * matches first, then those with the newest pictures.
     */
    withPictures(text: string, limit: number): string[] {
      const search = wordSearch(text, sources);
      return search === null ? [] : withPictures(search, limit).map(({ id }) => id);
    },
    /** Returns the id of a conversation's cover: its newest picture that can be shown. */
    coverOf(id: string): string | undefined {
      return cover.get(id);
    },
    /** Returns the id of the conversation that was used last. */
    latestId(): string | undefined {
      return latest.get();
    },
    count(): number {
      return count.get() ?? 0;
    },
  };
}

export function createConversationWrites(database: Database) {
  const insert = database.prepare<{ id: string; title: string; createdAt: number }>(
    `INSERT OR IGNORE INTO conversations (id, title, created_at, updated_at)
     VALUES (@id, @title, @createdAt, @createdAt)`,
  );
  const touch = database.prepare<{ id: string; at: number }>(
    `UPDATE conversations SET updated_at = @at, activity = (SELECT max(activity) + 1 FROM conversations)
     WHERE id = @id AND deleted_at IS NULL`,
  );
  const rename = database.prepare<{ id: string; title: string }>(
    'UPDATE conversations SET title = @title WHERE id = @id',
  );
  const pin = database.prepare<{ id: string; pinned: number }>(
    'UPDATE conversations SET pinned = @pinned WHERE id = @id',
  );
  const setDeleted = database.prepare<{ id: string; at: number }>(
    'UPDATE conversations SET deleted_at = @at WHERE id = @id',
  );
  const restore = database.prepare<[string]>(
    'UPDATE conversations SET deleted_at = NULL WHERE id = ? AND purged_at IS NULL',
  );

  return {
    /** Does nothing if the conversation exists, even in Trash. */
    insert({ id, title, createdAt }: { id: string; title: string; createdAt: number }): void {
      insert.run({ id, title, createdAt });
    },
    /** Marks a conversation as used now. A deleted one stays unchanged. */
    touch(id: string, at: number): void {
      touch.run({ id, at });
    },
    rename(id: string, title: string): void {
      rename.run({ id, title });
    },
    pin(id: string, pinned: boolean): void {
      pin.run({ id, pinned: Number(pinned) });
    },
    delete(id: string, at: number): void {
      setDeleted.run({ id, at });
    },
    /** Has no effect once the permanent deletion has started. */
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
    activity: row.activity,
    revision: row.revision,
  };
}
