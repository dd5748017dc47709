// Keeps the full-text index in step with the pictures.
import type { Database } from 'better-sqlite3';
import { createSearchNames, knownLabel, labelInSql } from './search-names';
import { partsOf, wordsOf } from './search-words';

/** The full-text indexes of the pictures. */
export const searchIndexes = ['picture_words', 'picture_parts'] as const;

/** Rebuilds a damaged index from the pictures. Any connection may run it. */
export const rebuildIndex = `
  INSERT INTO picture_words (picture_words) VALUES ('delete-all');
  INSERT INTO picture_parts (picture_parts) VALUES ('delete-all');
  DELETE FROM search_queue;
  INSERT INTO search_queue SELECT order_key FROM user_images;`;

export function createSearchIndexWrites(database: Database) {
  database.function('search_words', { deterministic: true }, (text) => wordsOf(String(text)).join(' '));
  // Not deterministic: a service's own list may name a model.
  database.function('model_label', (id, provider) => knownLabel(String(id), String(provider)));
  database.function('search_parts', { deterministic: true }, (text) => partsOf(String(text)).join(' '));
  const models = `model || ' ' || ${labelInSql}`;
  const providers = `provider || ' ' || coalesce((SELECT name FROM main.services WHERE id = provider), '')`;
  const from = 'FROM user_images JOIN search_rows USING (order_key)';
  const writeWords = `INSERT INTO picture_words (rowid, prompt, model, provider)
    SELECT search_rows.id, search_words(prompt), search_words(${models}), search_words(${providers}) ${from}`;
  const writeParts = `INSERT INTO picture_parts (rowid, parts)
    SELECT search_rows.id, search_parts(prompt || ' ' || ${models} || ' ' || ${providers}) ${from}`;
  const steps = (key: string) => [
    ...searchIndexes.map(
      (index) => `DELETE FROM ${index} WHERE rowid = (SELECT id FROM search_rows WHERE order_key = ${key})`,
    ),
    `${writeWords} WHERE order_key = ${key}`,
    `${writeParts} WHERE order_key = ${key}`,
    `DELETE FROM search_queue WHERE order_key = ${key}`,
  ];
  // The trigger is temporary because only this connection knows the functions: a permanent one would prevent other
  // programs from writing.
  database.exec(`
    CREATE TEMP TRIGGER index_at_once AFTER INSERT ON main.search_queue BEGIN
      ${steps('new.order_key').join(';\n      ')};
    END`);

  // FTS5 writes ascending keys much faster.
  const queued = database
    .prepare<[number], bigint>(
      `SELECT order_key FROM (SELECT order_key FROM search_queue ORDER BY order_key DESC LIMIT ?)
       ORDER BY order_key`,
    )
    .safeIntegers()
    .pluck();
  const indexSteps = steps('?').map((sql) => database.prepare<[bigint]>(sql));
  const indexOne = (key: bigint) => {
    for (const step of indexSteps) step.run(key);
  };

  return {
    ...createSearchNames(database, indexOne),
    /** Indexes up to `limit` queued pictures, the newest ones first. Call it inside a transaction. Returns how many it indexed. */
    indexQueued(limit: number): number {
      const keys = queued.all(limit);
      for (const key of keys) indexOne(key);
      return keys.length;
    },
  };
}

export function createSearchIndexReads(database: Database) {
  const waiting = database.prepare<[], number>('SELECT count(*) FROM search_queue').pluck();
  return {
    /** Returns how many pictures search does not find yet, because they are not indexed. */
    unindexed: (): number => waiting.get() ?? 0,
  };
}
