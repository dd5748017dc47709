// Keeps the full-text indexes in sync with the pictures.
import type { Database } from 'better-sqlite3';
import { maxPerStep, takeStep } from './index-steps';
import { createIndexMerging } from './merge-index';
import { rebuildMessageIndex } from './message-search';
import { positionText } from './order-key';
import { prepareQuery } from './prepare-query';
import { addSource, createSourceWrites, knownLabel, markInSql } from './search-sources';
import { foldingVersion, partsOf, wordsOf } from './search-words';

/** The full-text indexes of the pictures. */
export const searchIndexes = ['picture_words', 'picture_parts'] as const;

/** Rebuilds a damaged index from the pictures. Any connection may run it. */
export const rebuildIndex = `
  INSERT INTO picture_words (picture_words) VALUES ('delete-all');
  INSERT INTO picture_parts (picture_parts) VALUES ('delete-all');
  DELETE FROM search_queue;
  INSERT INTO search_queue SELECT order_key FROM user_images;`;

/** Queues everything for indexing that another version of the folding has indexed; see index-search-words.ts. */
export function renewFolding(database: Database): void {
  const version = database.prepare<[], number>('SELECT version FROM search_folding').pluck().get();
  if (version === foldingVersion) return;
  const setVersion = `UPDATE search_folding SET version = ${foldingVersion};`;
  database.transaction(() => database.exec(rebuildIndex + rebuildMessageIndex + setVersion))();
}

export function createSearchIndexWrites(database: Database) {
  database.function('search_words', { deterministic: true }, (text) => wordsOf(String(text)).join(' '));
  database.function('search_parts', { deterministic: true }, (text) => partsOf(String(text)).join(' '));
  // Not deterministic: a service's own list may name a model.
  database.function('model_label', (id, provider) => knownLabel(String(id), String(provider)));
  const from =
    'FROM user_images JOIN search_rows USING (order_key) JOIN search_sources USING (provider, model)';
  const writeWords = `INSERT INTO picture_words (rowid, prompt, model, provider)
    SELECT search_rows.id, search_words(prompt), search_words(model) || ' ' || ${markInSql}, search_words(provider) ${from}`;
  const writeParts = `INSERT INTO picture_parts (rowid, parts) SELECT search_rows.id,
      search_parts(prompt || ' ' || model || ' ' || provider) || ' ' || ${markInSql} ${from}`;
  const steps = (key: string) => [
    addSource(key),
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

  const queued = prepareQuery<[number], { position: string; length: number }>(
    database,
    { position: positionText('search_queue'), length: 'coalesce(length(prompt), 0)' },
    (list) => `SELECT ${list} FROM search_queue LEFT JOIN user_images USING (order_key)
       ORDER BY search_queue.order_key DESC LIMIT ?`,
  );
  const indexSteps = steps('?').map((sql) => database.prepare<[bigint]>(sql));
  const indexOne = (key: bigint) => {
    for (const step of indexSteps) step.run(key);
  };

  return {
    ...createSourceWrites(database),
    ...createIndexMerging(database, searchIndexes),
    /** Indexes a few queued pictures, the newest ones first. Call it inside a transaction. Returns how many it indexed. */
    indexQueued(): number {
      const pictures = takeStep(queued.all(maxPerStep), ({ length }) => length);
      // FTS5 writes ascending keys much faster.
      for (const { position } of pictures.toReversed()) indexOne(BigInt(position));
      return pictures.length;
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
