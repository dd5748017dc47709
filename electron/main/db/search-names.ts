// Notices that the search index has old words: models and services are named anew, and words are folded in another way.
import type { Database } from 'better-sqlite3';
import { labelOfModel } from '../../../shared/domain/model-lookup';
import { columnsOf } from './columns';
import { positionText } from './order-key';
import { prepareQuery } from './prepare-query';
import { foldingVersion } from './search-words';
import type { TableRow } from './tables';

type Names = TableRow<'search_names'>;
type Placed = Pick<TableRow<'user_images'>, 'provider' | 'model'> & { position: string };

/** Pictures that are looked at in one step, most of which have the names that they should have. */
const maxLookedAt = 500;

/** Returns the name of a model that is not its id; empty if this version knows none, or its service's list was not read. */
export function knownLabel(model: string, provider: string): string {
  const label = labelOfModel(model, provider);
  return label === model ? '' : label;
}

/** The label of a picture's model in SQL. A name that only a service's list has stays when the list was not read. */
export const labelInSql = `coalesce(nullif(model_label(model, provider), ''), (SELECT label FROM main.search_names n
  WHERE n.provider = user_images.provider AND n.model = user_images.model), '')`;

/** Goes through all pictures once. */
export type Renaming = {
  /**
   * Indexes up to `limit` pictures again whose words are old. Call it inside a transaction.
   *
   * @returns whether it has seen all pictures.
   */
  step: (limit: number) => boolean;
};

/** @param index writes the words of a picture. */
export function createSearchNames(database: Database, index: (key: bigint) => void) {
  const known = prepareQuery<[], Names>(
    database,
    columnsOf('search_names', ['provider', 'model', 'label', 'service']),
    (list) => `SELECT ${list} FROM search_names`,
  );
  const serviceName = database.prepare<[string], string>('SELECT name FROM services WHERE id = ?').pluck();
  const placed = prepareQuery<[string], Placed>(
    database,
    {
      position: positionText('user_images'),
      ...columnsOf('user_images', ['provider', 'model']),
    },
    (list) => `SELECT ${list} FROM user_images WHERE order_key > CAST(? AS INTEGER)
       ORDER BY order_key LIMIT ${maxLookedAt}`,
  );
  const note = database.prepare<Names>(
    'INSERT OR REPLACE INTO search_names (provider, model, label, service) VALUES (@provider, @model, @label, @service)',
  );
  const folding = database.prepare<[], number>('SELECT version FROM search_folding').pluck();
  const setFolding = database.prepare<[number]>('UPDATE search_folding SET version = ?');
  const queueMessages = database.prepare(
    `INSERT OR IGNORE INTO message_search_queue SELECT id FROM messages WHERE kind = 'text'`,
  );

  return {
    /** Begins to look for pictures that are in the index by old words. After a crash the next one begins anew. */
    startRenaming(): Renaming {
      const before = new Map(known.all().map((names) => [keyOf(names), names]));
      const isFoldedAnew = folding.get() !== foldingVersion;
      /** By service and model; null: the pictures are in the index by these names. */
      const seen = new Map<string, Names | null>();
      let after = '-1';

      function renamed(picture: Placed): boolean {
        const key = keyOf(picture);
        const found = seen.get(key);
        if (found !== undefined) return found !== null;
        const { provider, model } = picture;
        const old = before.get(key);
        const label = knownLabel(model, provider) || (old?.label ?? '');
        const service = serviceName.get(provider) ?? '';
        const isSame = !isFoldedAnew && old?.label === label && old.service === service;
        seen.set(key, isSame ? null : { provider, model, label, service });
        return !isSame;
      }

      function end(): void {
        // Only now, so that a crash in between leaves nothing behind that is old.
        for (const names of seen.values()) if (names) note.run(names);
        if (!isFoldedAnew) return;
        setFolding.run(foldingVersion);
        queueMessages.run();
      }

      return {
        step(limit) {
          let left = limit;
          const pictures = placed.all(after);
          for (const picture of pictures) {
            if (left === 0) return false;
            after = picture.position;
            if (!renamed(picture)) continue;
            index(BigInt(picture.position));
            left -= 1;
          }
          if (pictures.length === maxLookedAt) return false;
          end();
          return true;
        },
      };
    },
  };
}

function keyOf({ provider, model }: { provider: string; model: string }): string {
  return JSON.stringify([provider, model]);
}
