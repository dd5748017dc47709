// Keeps the full-text index in step with the pictures.
import type { Database } from 'better-sqlite3';
import { findModel } from '../../../shared/domain/model-lookup';
import { wordsOf } from './search-words';

/** Rebuilds a damaged index from the pictures. Any connection may run it. */
export const rebuildIndex = `
  INSERT INTO picture_words (picture_words) VALUES ('delete-all');
  DELETE FROM search_queue;
  INSERT INTO search_queue SELECT order_key FROM user_images;`;

export function createSearchIndexWrites(database: Database) {
  database.function('search_words', { deterministic: true }, (text) => wordsOf(String(text)).join(' '));
  database.function('model_label', { deterministic: true }, (id) => findModel(String(id))?.label ?? '');
  const write = `INSERT INTO picture_words (rowid, prompt, model, provider)
    SELECT order_key, search_words(prompt), search_words(model || ' ' || model_label(model)),
           search_words(provider || ' ' || coalesce((SELECT name FROM main.services WHERE id = provider), ''))
    FROM user_images`;
  // The trigger is temporary because only this connection knows the functions: a permanent one would prevent other
  // programs from writing.
  database.exec(`
    CREATE TEMP TRIGGER index_at_once AFTER INSERT ON main.search_queue BEGIN
      DELETE FROM picture_words WHERE rowid = new.order_key;
      ${write} WHERE order_key = new.order_key;
      DELETE FROM search_queue WHERE order_key = new.order_key;
    END`);

  const queued = database
    .prepare<[number], number>('SELECT order_key FROM search_queue ORDER BY order_key LIMIT ?')
    .safeIntegers()
    .pluck();
  const removeOld = database.prepare<[number]>('DELETE FROM picture_words WHERE rowid = ?');
  const add = database.prepare<[number]>(`${write} WHERE order_key = ?`);
  const dequeue = database.prepare<[number]>('DELETE FROM search_queue WHERE order_key = ?');

  return {
    /** Indexes up to `limit` queued pictures. Call it inside a transaction. Returns how many it indexed. */
    indexQueued(limit: number): number {
      const keys = queued.all(limit);
      for (const key of keys) {
        removeOld.run(key);
        add.run(key);
        dequeue.run(key);
      }
      return keys.length;
    },
  };
}
