// Opens the database file and hands out everything that reads or writes it.
import { closeSync, openSync, readSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { createConversations } from './conversations';
import { createGenerationLog } from './generation-log';
import { createMessages } from './messages';
import { DatabaseFromTheFuture, migrate } from './migrate';
import { migrations } from './migrations';
import { createOutbox } from './outbox';
import { createPictureRows } from './picture-rows';
import { createSettings } from './settings';
import { createTrash } from './trash';
import { createUserImages } from './user-images';

export type OpenOptions = {
  /** Path of the file; `:memory:` for one that lives as long as the handle. */
  file: string;
  /** From `nativeBinding()`: which compiled addon this process can load. */
  nativeBinding: string | undefined;
};

export type Store = ReturnType<typeof openStore>;

/**
 * Opens, and where needed creates or migrates, the database.
 *
 * A database from a newer version is recognised by its header, before SQLite opens it, so that it is left
 * byte for byte as it was.
 *
 * @throws DatabaseFromTheFuture, or better-sqlite3's SqliteError where the file is no database.
 */
export function openStore({ file, nativeBinding }: OpenOptions) {
  const options = nativeBinding === undefined ? {} : { nativeBinding };
  const version = versionInHeader(file);
  if (version > migrations.length) throw new DatabaseFromTheFuture(version, migrations.length);
  const database = new SqliteDatabase(file, options);
  // WAL with FULL: what was acknowledged survives a loss of power, at about 0.2 ms a commit.
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  migrate(database, migrations);

  return {
    conversations: createConversations(database),
    messages: createMessages(database),
    userImages: createUserImages(database),
    generationLog: createGenerationLog(database),
    outbox: createOutbox(database),
    settings: createSettings(database),
    trash: createTrash(database),
    pictureRows: createPictureRows(database),
    /** Runs `work` in one transaction: all of it is on disk when this returns, or none. */
    transaction<Value>(work: () => Value): Value {
      return database.transaction(work).immediate();
    },
    sqliteVersion: String(database.prepare('SELECT sqlite_version()').pluck().get()),
    close() {
      database.close();
    },
  };
}

/**
 * @returns `user_version` as the file's header has it; 0 where there is no such header.
 *   https://www.sqlite.org/fileformat.html#the_database_header
 */
function versionInHeader(file: string): number {
  const header = Buffer.alloc(64);
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch {
    // Not there yet, or not to be read: the real opening creates it or says what is wrong.
    return 0;
  }
  try {
    const length = readSync(handle, header, 0, header.length, 0);
    const isDatabase = length === header.length && header.toString('latin1', 0, 16) === 'SQLite format 3\0';
    return isDatabase ? header.readUInt32BE(60) : 0;
  } finally {
    closeSync(handle);
  }
}
