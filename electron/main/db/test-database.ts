// For tests: a plain connection to a database file, to inspect or damage what the store wrote.
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { nativeBinding } from './native-binding';
import { createStore } from './open';

/** @param file a path, or `:memory:`. */
export function openPlain(file: string): Database {
  const addon = nativeBinding(process.cwd());
  return new SqliteDatabase(file, addon === undefined ? {} : { nativeBinding: addon });
}

/** A store in memory that a test can empty and question, because opening one anew takes 30 ms. */
export function openMemoryStore() {
  const database = openPlain(':memory:');
  const store = createStore(database);
  return {
    store,
    query: <Row>(sql: string): Row[] => database.prepare<[], Row>(sql).all(),
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
