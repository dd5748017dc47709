// Keeps the index of words true to the pictures.
import type { Database } from 'better-sqlite3';
import { providers } from '../../../shared/domain/model-catalogue';
import { findModel } from '../../../shared/domain/model-lookup';
import { wordsOf } from './search-words';

/** Makes the index anew from the pictures, for one that is damaged. Any connection may run it. */
export const rebuildIndex = `
  INSERT INTO picture_words (picture_words) VALUES ('delete-all');
  DELETE FROM search_queue;
  INSERT INTO search_queue SELECT order_key FROM user_images;`;

export function createSearchIndex(database: Database) {
  database.function('search_words', { deterministic: true }, (text) => wordsOf(String(text)).join(' '));
  database.function('model_label', { deterministic: true }, (id) => findModel(String(id))?.label ?? '');
  database.function('provider_label', { deterministic: true }, (id) => providerLabel(String(id)));
  const write = `INSERT INTO picture_words (rowid, prompt, model, provider)
    SELECT order_key, search_words(prompt), search_words(model || ' ' || model_label(model)),
           search_words(provider || ' ' || provider_label(provider)) FROM user_images`;
  // Temporary, since only this connection knows the functions: in one of another program it would forbid writing.
  database.exec(`
    CREATE TEMP TRIGGER index_at_once AFTER INSERT ON main.search_queue BEGIN
      DELETE FROM picture_words WHERE rowid = new.order_key;
      ${write} WHERE order_key = new.order_key;
      DELETE FROM search_queue WHERE order_key = new.order_key;
    END`);

  const waiting = database
    .prepare<[number], number>('SELECT order_key FROM search_queue ORDER BY order_key LIMIT ?')
    .safeIntegers()
    .pluck();
  const forgetOld = database.prepare<[number]>('DELETE FROM picture_words WHERE rowid = ?');
  const add = database.prepare<[number]>(`${write} WHERE order_key = ?`);
  const done = database.prepare<[number]>('DELETE FROM search_queue WHERE order_key = ?');

  return {
    /** Indexes up to `limit` pictures that wait for it. Call it in a transaction. @returns how many it took. */
    catchUp(limit: number): number {
      const keys = waiting.all(limit);
      for (const key of keys) {
        forgetOld.run(key);
        add.run(key);
        done.run(key);
      }
      return keys.length;
    },
  };
}

function providerLabel(id: string): string {
  return Object.values(providers).find((provider) => provider.id === id)?.label ?? '';
}
