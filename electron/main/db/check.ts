// Checks whether a database is damaged, repairs its indexes, and tells which SQLite errors mean damage.
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { messageIndexes, rebuildMessageIndex } from './message-search';
import { migrations } from './migrations';
import { rebuildIndex, searchIndexes } from './search-index';

/** Thrown if the database is damaged. The message says what was found, for the log. */
export class DatabaseDamaged extends Error {
  override readonly name = 'DatabaseDamaged';
}

/**
 * @param depth `quick` reads every page; `full` also compares the indexes with their tables.
 *   https://www.sqlite.org/pragma.html#pragma_integrity_check
 * @returns up to five findings; none if the database is intact.
 */
export function checkDatabase(database: Database, depth: 'quick' | 'full'): string[] {
  try {
    const found = database
      .prepare<[], string>(depth === 'quick' ? 'PRAGMA quick_check(5)' : 'PRAGMA integrity_check(5)')
      .pluck()
      .all();
    return found.filter((finding) => finding !== 'ok');
  } catch (error) {
    // Some damage makes the check itself fail.
    if (isDamage(error)) return [String(error)];
    throw error;
  }
}

/**
 * Checks the whole database, and repairs what can be rebuilt from it: an index that does not match its table.
 *
 * @returns what is still wrong; empty if the database is intact.
 */
export function checkAndRepair(database: Database): string[] {
  const quick = repairSearchIndex(database, checkDatabase(database, 'quick'));
  if (quick.length > 0) return quick;
  const findings = checkDatabase(database, 'full');
  if (findings.length === 0) return [];
  console.error('Indexes do not match their tables and are rebuilt:', findings.join('; '));
  try {
    database.exec('REINDEX');
  } catch (error) {
    // For example duplicate keys: then the tables themselves are damaged.
    if (isDamage(error) || codeOfError(error).startsWith('SQLITE_CONSTRAINT')) return findings;
    throw error;
  }
  return checkDatabase(database, 'full');
}

/** Rebuilds the full-text index if it alone is damaged. Returns what is still wrong. */
function repairSearchIndex(database: Database, findings: string[]): string[] {
  const indexes = [...searchIndexes, ...messageIndexes];
  const isOfIndex = (finding: string) => indexes.some((index) => finding.includes(index));
  if (findings.length === 0 || !findings.every(isOfIndex)) return findings;
  console.error('The full-text index is damaged and is rebuilt:', findings.join('; '));
  try {
    database.transaction(() => database.exec(rebuildIndex + rebuildMessageIndex))();
  } catch (error) {
    if (isDamage(error)) return findings;
    throw error;
  }
  return checkDatabase(database, 'quick');
}

/** Returns whether an error says that the file is not a database, or a damaged one. */
export function isDamage(error: unknown): boolean {
  return error instanceof DatabaseDamaged || /^SQLITE_(CORRUPT|NOTADB)/.test(codeOfError(error));
}

/**
 * @param version the file's `user_version`.
 * @returns whether an error while opening means that the file is damaged. A plain SQL error means damage if no
 *   migration is due, because then the schema is not what its version says. Otherwise the migration failed.
 */
export function isDamageAtOpening(error: unknown, version: number): boolean {
  if (isDamage(error)) return true;
  return codeOfError(error) === 'SQLITE_ERROR' && (version === 0 || version === migrations.length);
}

function codeOfError(error: unknown): string {
  return error instanceof SqliteDatabase.SqliteError ? error.code : '';
}
