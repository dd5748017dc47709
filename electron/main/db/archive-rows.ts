// Reads whole rows for a full export, and inserts them when an export is imported.
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { type Columns, columnsOf } from './columns';
import { prepareQuery } from './prepare-query';
import { type TableName, tables } from './tables';

/** A row as JSON: bytes are base64, and the 64-bit `order_key` is text. */
export type ArchiveRow = Record<string, string | number | null>;

type RawRow = Record<string, string | number | Buffer | null>;

/** Tables that an export handles separately. */
const ownTables = ['conversations', 'messages', 'drafts', 'user_images', 'services', 'settings'] as const;
/** Tables left out: unfinished work, local state, and derived data. A test of a service was one of a key, which stays. */
const leftOut = [
  'outbox',
  'service_checks',
  'import_intents',
  'view_state',
  'watched_folders',
  'watched_files',
  'search_rows',
  'search_queue',
  'search_sources',
  'search_folding',
  'fingerprints',
  'message_search_rows',
  'message_search_queue',
] as const;

/**
 * An export has all rows of every other table, so that a new table is included automatically. Tables with references
 * come last.
 */
const otherTables = tableNames().filter((table) => !isOneOf(ownTables, table) && !isOneOf(leftOut, table));

function tableNames(): TableName[] {
  // The keys are the names.
  return Object.keys(tables) as TableName[];
}

function isOneOf(names: readonly TableName[], table: TableName): boolean {
  return names.includes(table);
}

/** It exceeds Number.MAX_SAFE_INTEGER. */
const bigColumn = 'order_key';

function columnsOfTable(table: TableName): Columns<RawRow> {
  // The names are those of this very table.
  const names = Object.keys(tables[table]) as never[];
  const columns: Record<string, string> = columnsOf(table, names);
  if (bigColumn in columns) columns[bigColumn] = `CAST(${table}.${bigColumn} AS TEXT)`;
  return columns;
}

export function createArchiveReads(database: Database) {
  const prepareRows = (table: TableName, rest: string) => {
    const statement = prepareQuery<[string], RawRow>(
      database,
      columnsOfTable(table),
      (list) => `SELECT ${list} FROM ${table} ${rest}`,
    );
    return (value = ''): ArchiveRow[] => statement.all(value).map(toArchive);
  };
  const ids = (table: TableName, order: string) =>
    database.prepare<[], string>(`SELECT id FROM ${table} WHERE purged_at IS NULL ORDER BY ${order}`).pluck();
  const conversationIds = ids('conversations', 'activity');
  const pictureIds = ids('user_images', 'order_key');
  const conversation = prepareRows('conversations', 'WHERE id = ? AND purged_at IS NULL');
  const messages = prepareRows('messages', 'WHERE conversation_id = ? ORDER BY branch, seq');
  const drafts = prepareRows(
    'drafts',
    // The drafts of the conversation and of its edited messages.
    'WHERE ? IN (conversation_id, (SELECT conversation_id FROM messages WHERE id = drafts.conversation_id))',
  );
  const picture = prepareRows('user_images', 'WHERE id = ? AND purged_at IS NULL');
  // The condition is always true; it gives all statements the same parameter.
  const others = otherTables.map((table) => [table, prepareRows(table, `WHERE ? = ''`)] as const);
  // Drafts of new chats, which have no conversation yet.
  const newDrafts = prepareRows(
    'drafts',
    `WHERE ? = '' AND conversation_id NOT IN (SELECT id FROM conversations UNION ALL SELECT id FROM messages)`,
  );

  return {
    conversationIds: (): string[] => conversationIds.all(),
    pictureIds: (): string[] => pictureIds.all(),
    /** Returns a conversation with everything in it, or null if it is gone. */
    conversation(id: string) {
      const [row] = conversation(id);
      return row ? { conversation: row, messages: messages(id), drafts: drafts(id) } : null;
    },
    picture: (id: string): ArchiveRow | null => picture(id)[0] ?? null,
    /** Returns the rows that belong to no conversation or picture, such as collections and charges, by table name. */
    others: (): Record<string, ArchiveRow[]> => ({
      ...Object.fromEntries(others.map(([table, rows]) => [table, rows()])),
      drafts: newDrafts(),
    }),
  };
}

export function createArchiveWrites(database: Database) {
  const prepared = new Map<TableName, (row: RawRow) => boolean>();
  const hasConversation = database
    .prepare<[unknown], number>('SELECT 1 FROM conversations WHERE id = ?')
    .pluck();

  /** A column missing from the archive, which may come from an older version, gets its default. */
  function insertFor(table: TableName, names: readonly string[]): (row: RawRow) => boolean {
    const values = names.map((name) => (name === bigColumn ? `CAST(@${name} AS INTEGER)` : `@${name}`));
    const statement = database.prepare<[RawRow]>(
      `INSERT OR IGNORE INTO ${table} (${names.join(', ')}) VALUES (${values.join(', ')})`,
    );
    return (row) => statement.run(row).changes === 1;
  }

  return {
    /** Adds a row, unless there is one with its key. Call it inside a transaction. Returns whether it was added. */
    insert(table: TableName, row: ArchiveRow): boolean {
      const declared: Record<string, string> = tables[table];
      const names = Object.keys(declared).filter((name) => row[name] !== undefined);
      const raw = Object.fromEntries(names.map((name) => [name, fromArchive(declared[name], row[name])]));
      if (names.length !== Object.keys(declared).length) return insertFor(table, names)(raw);
      const insert = prepared.get(table) ?? insertFor(table, names);
      prepared.set(table, insert);
      return insert(raw);
    },
    /** Adds what `others` has returned. Rows that refer to one that is not here are left out. */
    insertOthers(rows: Record<string, readonly ArchiveRow[]>): void {
      for (const table of [...otherTables, 'drafts'] as const) {
        for (const row of rows[table] ?? []) {
          // Skip a draft that was sent here after an earlier import of the same export.
          if (table === 'drafts' && hasConversation.get(row['conversation_id']) !== undefined) continue;
          try {
            this.insert(table, row);
          } catch (error) {
            if (!isMissingReference(error)) throw error;
          }
        }
      }
    },
  };
}

function toArchive(row: RawRow): ArchiveRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      Buffer.isBuffer(value) ? value.toString('base64') : value,
    ]),
  );
}

function fromArchive(declaration: string | undefined, value: ArchiveRow[string] | undefined) {
  if (value === null || value === undefined) return null;
  return declaration?.startsWith('BLOB') ? Buffer.from(String(value), 'base64') : value;
}

function isMissingReference(error: unknown): boolean {
  return error instanceof SqliteDatabase.SqliteError && error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY';
}
