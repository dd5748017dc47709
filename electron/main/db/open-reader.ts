// Opens a second connection to the database that can only read, for the worker thread that reads.
import SqliteDatabase from 'better-sqlite3';
import { identityOf } from './files';
import { withLastingStatements } from './lasting-statements';
import { createReads, createShared, type OpenOptions, type ReadStore } from './open';

/** Excludes settings and view state, which are cached by the connection that writes them. */
export type SnapshotStore = Omit<ReadStore, 'settings' | 'viewState'>;

export type ReaderOptions = OpenOptions & {
  /** From `identityOf`: the file that the writing connection has open. */
  identity: string;
};

export type ReadConnection = ReturnType<typeof openReader>;

/** Thrown if the path is no longer the file that the app writes, so that reading it would show wrong data. */
export class DatabaseReplaced extends Error {
  override readonly name = 'DatabaseReplaced';
}

/** Maximum wait for a lock (ms), such as that of a writer that resets the WAL. Only the worker thread waits. */
const maxLockWaitMs = 2000;

/**
 * Opens a database that another connection of this process has open and has migrated.
 *
 * @throws DatabaseReplaced, or better-sqlite3's SqliteError.
 */
export function openReader({ file, nativeBinding, identity }: ReaderOptions) {
  const database = new SqliteDatabase(file, {
    readonly: true,
    fileMustExist: true,
    ...(nativeBinding !== undefined && { nativeBinding }),
  });
  try {
    if (identityOf(file) !== identity) throw new DatabaseReplaced(file);
    database.pragma('query_only = ON');
    database.pragma(`busy_timeout = ${maxLockWaitMs}`);
    // A connection that cannot write must sort in memory.
    database.pragma('temp_store = MEMORY');
    const lasting = withLastingStatements(database).database;
    const store: SnapshotStore = createReads(lasting, createShared(lasting));
    return {
      store,
      /**
       * Runs `work` in one read transaction: all its statements see the same commit, which is the latest one. The
       * transaction ends before this returns, so that the next one sees newer commits and the WAL can be reset.
       */
      snapshot<Value>(work: () => Value): Value {
        return database.transaction(work).deferred();
      },
      close(): void {
        database.close();
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}
