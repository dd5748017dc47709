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
 * Applies the missing migrations, each in its own transaction, so that a crash leaves the database at a whole version.
 *
 * @param migrations SQL scripts; number N migrates version N - 1 to N.
 * @throws DatabaseFromTheFuture if the database is newer than the last migration.
 */
export function migrate(database: Database, migrations: readonly string[]): void {
  const version = readVersion(database);
  if (version > migrations.length) throw new DatabaseFromTheFuture(version, migrations.length);
  if (version === migrations.length) return;
  const cacheSize = Number(database.pragma('cache_size', { simple: true }));
  database.pragma(`cache_size = ${migrationCacheSize}`);
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    database
      .transaction(() => {
        database.exec(sql);
        database.pragma(`user_version = ${index + 1}`);
      })
      .exclusive();
  }
  database.pragma(`cache_size = ${cacheSize}`);
}

/** Returns the schema version of a database; 0 for an empty one. */
export function readVersion(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}
