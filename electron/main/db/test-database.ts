// For tests: a plain connection to a database file, to inspect or damage what the store wrote.
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { nativeBinding } from './native-binding';

/** @param file a path, or `:memory:`. */
export function openPlain(file: string): Database {
  const addon = nativeBinding(process.cwd());
  return new SqliteDatabase(file, addon === undefined ? {} : { nativeBinding: addon });
}
