// For tests: new databases that need no migration, and plain connections to inspect or damage what the store wrote.
import { writeFileSync } from 'node:fs';
import SqliteDatabase, { type Database, type Statement } from 'better-sqlite3';
import { withLastingStatements } from './lasting-statements';
import { migrate } from './migrate';
import { migrations } from './migrations';
import { nativeBinding } from './native-binding';
import { createStore, type Store } from './open';

let empty: Buffer | undefined;

/** Returns an empty database of this version. Migrating takes more than half of the time in which a store opens. */
export function emptyDatabase(): Buffer {
  if (empty) return empty;
  const database = openPlain(':memory:');
  migrate(database, migrations);
  empty = database.serialize();
  database.close();
  return empty;
}

/** Opens a store on a new database in memory. */
export function openInMemory(): Store {
  return createStore(openPlain(emptyDatabase()));
}

/** Writes an empty database of this version, for tests that are not about how the app creates one. */
export function writeEmptyDatabase(file: string): void {
  writeFileSync(file, emptyDatabase(), { flag: 'wx' });
}

/** @param file a path, `:memory:`, or a database's bytes, which stay as they are. */
export function openPlain(file: string | Buffer): Database {
  const addon = nativeBinding(process.cwd());
  return new SqliteDatabase(file, addon === undefined ? {} : { nativeBinding: addon });
}

/** A store in memory that a test can empty and question, because opening one anew takes 10 ms. */
export function openMemoryStore() {
  const database = openPlain(emptyDatabase());
  const store = createStore(database);
  const lasting = withLastingStatements(database).database;
  const statements = new Map<string, Statement<unknown[], unknown>>();
  /** Prepares each statement once, so pass values as parameters. */
  function query<Row>(sql: string, ...values: string[]): Row[] {
    const statement = statements.get(sql) ?? lasting.prepare<unknown[], unknown>(sql);
    statements.set(sql, statement);
    // As with better-sqlite3 itself, the caller knows the rows.
    return (statement as Statement<unknown[], Row>).all(...values);
  }
  return {
    store,
    query,
    clear(): void {
      const tables = [
        'messages',
        'conversations',
        'charges',
        'user_images',
        'image_generation_log',
        'outbox',
      ];
      for (const table of tables) database.exec(`DELETE FROM ${table}`);
    },
  };
}

export type MemoryStore = ReturnType<typeof openMemoryStore>;
