// Merges the parts of full-text indexes in small steps. By itself FTS5 does so within writes, for up to seconds.
import type { Database } from 'better-sqlite3';

/** A step writes about as many pages, in one or two milliseconds. https://www.sqlite.org/fts5.html#the_merge_command */
const pagesPerStep = 16;

/** @param indexes names of FTS5 tables. */
export function createIndexMerging(database: Database, indexes: readonly string[]) {
  const changes = database.prepare<[], number>('SELECT total_changes()').pluck();
  const merges = indexes.map((index) =>
    database.prepare(`INSERT INTO ${index} (${index}, rank) VALUES ('merge', ${pagesPerStep})`),
  );
  const hasMerged = (merge: (typeof merges)[number]): boolean => {
    const before = changes.get() ?? 0;
    merge.run();
    // The command itself counts as one.
    return (changes.get() ?? 0) - before >= 2;
  };
  return {
    /** Does one step of work for each index. Call it inside a transaction. Returns whether there was any. */
    merge: (): boolean => merges.filter(hasMerged).length > 0,
  };
}
