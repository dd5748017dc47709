// The names of models and services, which search also matches. They may change at any time, so they are stored beside
// the search index, which only has the number of a source: one model of one service. See docs/decisions/081.
import type { Database } from 'better-sqlite3';
import { labelOfModel } from '../../../shared/domain/model-lookup';
import { columnsOf } from './columns';
import { prepareQuery } from './prepare-query';
import type { Named } from './search-words';
import type { TableRow } from './tables';

type Source = TableRow<'search_sources'>;

/** Prefix of a source's mark in the index. No word of a user begins with it. */
const sourceMark = '§';

/** Returns a model's display name; empty if it has none besides its id, or its service's list was not read yet. */
export function knownLabel(model: string, provider: string): string {
  const label = labelOfModel(model, provider);
  return label === model ? '' : label;
}

/** SQL of the mark of a picture's source, whose number is `search_sources.id`. */
export const markInSql = `'${sourceMark}' || search_sources.id`;

/** SQL that adds the source of a picture, if it is the first one of it. @param key the picture's order_key. */
export const addSource = (key: string) => `INSERT INTO search_sources (provider, model, label)
  SELECT provider, model, model_label(model, provider) FROM user_images
  WHERE order_key = ${key} AND (provider, model) NOT IN (SELECT provider, model FROM search_sources)`;

export type SourceReads = {
  /** Returns the sources of all pictures with their current names. There are only a few. */
  sources: () => readonly Named[];
};

export function createSourceReads(database: Database): SourceReads {
  const all = prepareQuery<[], Source & { service: string }>(
    database,
    {
      ...columnsOf('search_sources', ['id', 'provider', 'model', 'label']),
      service: `coalesce(services.name, '')`,
    },
    (list) => `SELECT ${list} FROM search_sources LEFT JOIN services ON services.id = provider`,
  );
  return {
    sources: () =>
      all.all().map(({ id, provider, model, label, service }) => ({
        mark: `${sourceMark}${id}`,
        names: [label, service],
        ids: [provider, model],
      })),
  };
}

export function createSourceWrites(database: Database) {
  const all = prepareQuery<[], Source>(
    database,
    columnsOf('search_sources', ['id', 'provider', 'model', 'label']),
    (list) => `SELECT ${list} FROM search_sources`,
  );
  const rename = database.prepare<Pick<Source, 'id' | 'label'>>(
    'UPDATE search_sources SET label = @label WHERE id = @id',
  );
  return {
    /** Updates the names of models. Keeps a name from a service's list while that list was not read. */
    renameSources(): void {
      for (const { id, provider, model, label: old } of all.all()) {
        const label = knownLabel(model, provider) || old;
        if (label !== old) rename.run({ id, label });
      }
    },
  };
}
