// Is a database well? And is an error of SQLite the database's fault?
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { migrations } from './migrations';
import { rebuildIndex } from './search-index';

/** The database is damaged. The message says how that was found, for the log. */
export class DatabaseDamaged extends Error {
  override readonly name = 'DatabaseDamaged';
}

/**
 * @param depth `quick` reads every page; `full` compares the indexes with their tables too.
 *   https://www.sqlite.org/pragma.html#pragma_integrity_check
 * @returns what is wrong, some findings at most; empty when it is well.
 */
export function checkDatabase(database: Database, depth: 'quick' | 'full'): string[] {
  try {
    const found = database
      .prepare<[], string>(depth === 'quick' ? 'PRAGMA quick_check(5)' : 'PRAGMA integrity_check(5)')
      .pluck()
      .all();
    return found.filter((finding) => finding !== 'ok');
  } catch (error) {
    // Some damage ends the check itself.
    if (isDamage(error)) return [String(error)];
    throw error;
  }
}

/**
 * Checks all of a database, and mends what needs nothing but what is in it: an index that does not fit its table
 * is made anew from it.
 *
 * @returns what is still wrong; empty when it is well.
 */
export function checkAndRepair(database: Database): string[] {
  const quick = mendWords(database, checkDatabase(database, 'quick'));
  if (quick.length > 0) return quick;
  const findings = checkDatabase(database, 'full');
  if (findings.length === 0) return [];
  console.error('Indexes did not fit their tables and are made anew:', findings.join('; '));
  try {
    database.exec('REINDEX');
  } catch (error) {
    // Two rows with one key, say: then the tables themselves are damaged.
    if (isDamage(error) || codeOfError(error).startsWith('SQLITE_CONSTRAINT')) return findings;
    throw error;
  }
  return checkDatabase(database, 'full');
}

/** The index of words is made from the pictures, so damage in it alone costs nothing. @returns what is still wrong. */
function mendWords(database: Database, findings: string[]): string[] {
  if (findings.length === 0 || findings.some((finding) => !finding.includes('picture_words')))
    return findings;
  console.error('The index of words is damaged and is made anew:', findings.join('; '));
  try {
    database.transaction(() => database.exec(rebuildIndex))();
  } catch (error) {
    if (isDamage(error)) return findings;
    throw error;
  }
  return checkDatabase(database, 'quick');
}

/** @returns whether SQLite says that what it read is no database, or a broken one. */
export function isDamage(error: unknown): boolean {
  return error instanceof DatabaseDamaged || /^SQLITE_(CORRUPT|NOTADB)/.test(codeOfError(error));
}

/**
 * @param version `user_version` as the file has it.
 * @returns whether an error while opening means that the file is damaged. A plain SQL error does so where the
 *   schema is not what its version says: tables that are missing, or there too early. Between two versions it
 *   is a migration that fails, and no fault of the file.
 */
export function isDamageAtOpening(error: unknown, version: number): boolean {
  if (isDamage(error)) return true;
  return codeOfError(error) === 'SQLITE_ERROR' && (version === 0 || version === migrations.length);
}

function codeOfError(error: unknown): string {
  return error instanceof SqliteDatabase.SqliteError ? error.code : '';
}
