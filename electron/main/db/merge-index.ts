// Merges full-text index segments in small steps. Automatically, FTS5 merges during writes, which can take seconds.
import type { Database } from 'better-sqlite3';

/**
 * Number of pages that a step writes, in one or two milliseconds. https://www.sqlite.org/fts5.html#the_merge_command
 */
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
    /** Merges one step of each index. Call inside a transaction. Returns whether there was anything to merge. */
    merge: (): boolean => merges.filter(hasMerged).length > 0,
  };
}
