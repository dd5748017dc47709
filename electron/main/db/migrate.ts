// Brings a database up to this version's schema, or refuses one that a newer version wrote.
import type { Database } from 'better-sqlite3';

/** The database was written by a newer version of Afterimage. It has not been touched. */
export class DatabaseFromTheFuture extends Error {
  override readonly name = 'DatabaseFromTheFuture';

  constructor(found: number, known: number) {
    super(`The database has schema version ${found}; this version of Afterimage knows up to ${known}.`);
  }
}

/**
 * Applies the migrations that the database has not been through, each in a transaction of its own, so that
 * a killed process leaves it at a whole version.
 *
 * @param migrations SQL scripts; number N brings version N - 1 to N.
 * @throws DatabaseFromTheFuture when the database is newer than the last migration.
 */
export function migrate(database: Database, migrations: readonly string[]): void {
  const version = readVersion(database);
  if (version > migrations.length) throw new DatabaseFromTheFuture(version, migrations.length);
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    database
      .transaction(() => {
        database.exec(sql);
        database.pragma(`user_version = ${index + 1}`);
      })
      .exclusive();
  }
}

/** @returns the schema version of a database: 0 for an empty one. */
export function readVersion(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}
