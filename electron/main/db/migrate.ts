// Migrates a database to this version's schema, or refuses one that a newer version wrote.
import type { Database } from 'better-sqlite3';

/** The database was written by a newer version of Afterimage. It has not been changed. */
export class DatabaseFromTheFuture extends Error {
  override readonly name = 'DatabaseFromTheFuture';

  readonly found: number;
  readonly known: number;

  constructor(found: number, known: number) {
    // Not shown: the user reads boot/cannot-start.ts.
    super(`The database has schema version ${found}; this version of Afterimage knows up to ${known}.`);
    this.found = found;
    this.known = known;
  }
}

/** In KiB, as a negative number: a table of 100,000 rows that is written anew fits, which saves a fifth of the time. */
const migrationCacheSize = -200_000;

/**
 * Applies the missing migrations. A new database gets all of them in one transaction, so that its first start waits for
 * the disk once; a crash leaves it empty, and the next start begins anew. In a database with data each has its own
 * transaction: a crash leaves it at a whole version and loses no more than the work of one.
 *
 * @param migrations SQL scripts; number N migrates version N - 1 to N.
 * @throws DatabaseFromTheFuture if the database is newer than the last migration.
 */
export function migrate(database: Database, migrations: readonly string[]): void {
  const version = readVersion(database);
  if (version > migrations.length) throw new DatabaseFromTheFuture(version, migrations.length);
  const missing = migrations.map((sql, index) => ({ sql, to: index + 1 })).slice(version);
  if (missing.length === 0) return;
  const cacheSize = Number(database.pragma('cache_size', { simple: true }));
  database.pragma(`cache_size = ${migrationCacheSize}`);
  for (const steps of version === 0 ? [missing] : missing.map((step) => [step])) {
    database
      .transaction(() => {
        for (const { sql, to } of steps) {
          database.exec(sql);
          database.pragma(`user_version = ${to}`);
        }
      })
      .exclusive();
  }
  database.pragma(`cache_size = ${cacheSize}`);
}

/** Returns the schema version of a database; 0 for an empty one. */
export function readVersion(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}
