// Searches a full-text index of parts of words, best matches first: see docs/decisions/056.
import type { Database } from 'better-sqlite3';
import type { Columns } from './columns';
import { prepareQuery } from './prepare-query';
import type { WordSearch } from './search-words';

export type SearchedTables<Row> = {
  /** The index of parts of words. */
  parts: string;
  /** The index of words, for phrases. */
  words: string;
  columns: Columns<Row>;
  /** SQL that joins the rows of a match to `found.rowid`. `CROSS JOIN` keeps the order in which the index lists them. */
  joins: string;
};

/**
 * Returns a function that finds up to `limit` different rows: the best matches first, then those with the highest numbers
 * in the index. The index lists its matches in that order, so however common a word is, only as many are read as are wanted.
 */
export function createTieredSearch<Row extends { id: string }>(
  database: Database,
  { parts, words, columns, joins }: SearchedTables<Row>,
): (search: WordSearch, limit: number) => Row[] {
  const prepare = (index: string, narrowing: string) =>
    prepareQuery<[{ match: string; phrases: string; limit: number }], Row>(
      database,
      columns,
      (list) => `SELECT DISTINCT ${list} FROM ${index} found ${joins}
                 WHERE ${index} MATCH @match AND ${narrowing} ORDER BY found.rowid DESC LIMIT @limit`,
    );
  const byParts = prepare(parts, '@phrases IS NOT NULL');
  const byPhrases = prepare(words, '@phrases IS NOT NULL');
  const byBoth = prepare(parts, `found.rowid IN (SELECT rowid FROM ${words} WHERE ${words} MATCH @phrases)`);
  return ({ tiers, phrases }, limit) => {
    if (tiers.length === 0) return byPhrases.all({ match: phrases ?? '', phrases: '', limit });
    const statement = phrases === null ? byParts : byBoth;
    // A row may have several matches, of different tiers.
    const found = new Map<string, Row>();
    for (const match of tiers) {
      if (found.size >= limit) break;
      for (const row of statement.all({ match, phrases: phrases ?? '', limit })) {
        if (found.size < limit && !found.has(row.id)) found.set(row.id, row);
      }
    }
    return [...found.values()];
  };
}
