// Whole rows, as an export of everything writes them and as they come into another installation.
import type { Database } from 'better-sqlite3';
import { type Columns, columnsOf } from './columns';
import { prepareQuery } from './prepare-query';
import { type TableName, tables } from './tables';

/** A row whose values JSON can hold: bytes are in base64, and a place in the gallery's order is text. */
export type ArchiveRow = Record<string, string | number | null>;

type RawRow = Record<string, string | number | Buffer | null>;

/** The tables of which an export has rows. */
export type ArchiveTable = Extract<
  TableName,
  | 'conversations'
  | 'messages'
  | 'drafts'
  | 'user_images'
  | 'collections'
  | 'collection_images'
  | 'charges'
  | 'image_generation_log'
>;

/** It exceeds Number.MAX_SAFE_INTEGER. */
const bigColumn = 'order_key';

function columnsOfTable(table: ArchiveTable): Columns<RawRow> {
  // The names are those of this very table.
  const names = Object.keys(tables[table]) as never[];
  const columns: Record<string, string> = columnsOf(table, names);
  if (bigColumn in columns) columns[bigColumn] = `CAST(${table}.${bigColumn} AS TEXT)`;
  return columns;
}

export function createArchiveReads(database: Database) {
  const prepareRows = (table: ArchiveTable, rest: string) => {
    const statement = prepareQuery<[string], RawRow>(
      database,
      columnsOfTable(table),
      (list) => `SELECT ${list} FROM ${table} ${rest}`,
    );
    return (value = ''): ArchiveRow[] => statement.all(value).map(toArchive);
  };
  const ids = (table: ArchiveTable, order: string) =>
    database.prepare<[], string>(`SELECT id FROM ${table} WHERE purged_at IS NULL ORDER BY ${order}`).pluck();
  const conversationIds = ids('conversations', 'activity');
  const pictureIds = ids('user_images', 'order_key');
  const conversation = prepareRows('conversations', 'WHERE id = ? AND purged_at IS NULL');
  const messages = prepareRows('messages', 'WHERE conversation_id = ? ORDER BY branch, seq');
  const drafts = prepareRows('drafts', 'WHERE conversation_id = ?');
  const picture = prepareRows('user_images', 'WHERE id = ? AND purged_at IS NULL');
  // The parameter makes all statements alike.
  const collections = prepareRows('collections', `WHERE deleted_at IS NULL AND ? = '' ORDER BY position`);
  const collectionImages = prepareRows(
    'collection_images',
    `WHERE collection_id IN (SELECT id FROM collections WHERE deleted_at IS NULL) AND ? = ''
     ORDER BY collection_id, position`,
  );
  const charges = prepareRows('charges', `WHERE ? = '' ORDER BY rowid`);
  const log = prepareRows('image_generation_log', `WHERE ? = '' ORDER BY rowid`);

  return {
    conversationIds: (): string[] => conversationIds.all(),
    pictureIds: (): string[] => pictureIds.all(),
    /** Returns a conversation with everything in it, or null if it is gone. */
    conversation(id: string) {
      const [row] = conversation(id);
      return row ? { conversation: row, messages: messages(id), drafts: drafts(id) } : null;
    },
    picture: (id: string): ArchiveRow | null => picture(id)[0] ?? null,
    collections: () => ({ collections: collections(), images: collectionImages() }),
    usage: () => ({ charges: charges(), log: log() }),
  };
}

export function createArchiveWrites(database: Database) {
  const prepared = new Map<ArchiveTable, (row: RawRow) => boolean>();

  /** A column that the archive does not have, such as that of an older version, gets its default. */
  function insertFor(table: ArchiveTable, names: readonly string[]): (row: RawRow) => boolean {
    const values = names.map((name) => (name === bigColumn ? `CAST(@${name} AS INTEGER)` : `@${name}`));
    const statement = database.prepare<[RawRow]>(
      `INSERT OR IGNORE INTO ${table} (${names.join(', ')}) VALUES (${values.join(', ')})`,
    );
    return (row) => statement.run(row).changes === 1;
  }

  return {
    /** Adds a row, unless there is one with its key. Call it inside a transaction. Returns whether it was added. */
    insert(table: ArchiveTable, row: ArchiveRow): boolean {
      const declared: Record<string, string> = tables[table];
      const names = Object.keys(declared).filter((name) => row[name] !== undefined);
      const raw = Object.fromEntries(names.map((name) => [name, fromArchive(declared[name], row[name])]));
      if (names.length !== Object.keys(declared).length) return insertFor(table, names)(raw);
      const insert = prepared.get(table) ?? insertFor(table, names);
      prepared.set(table, insert);
      return insert(raw);
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
