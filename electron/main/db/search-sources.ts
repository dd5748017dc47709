// The names of models and services, by which pictures are found. They stand beside the search index and may change at any
// time: the index has the number of a source, which is one model of one service. See docs/decisions/081.
import type { Database } from 'better-sqlite3';
import { labelOfModel } from '../../../shared/domain/model-lookup';
import { columnsOf } from './columns';
import { prepareQuery } from './prepare-query';
import type { Named } from './search-words';
import type { TableRow } from './tables';

type Source = TableRow<'search_sources'>;

/** What stands in the index for a source. No word of a user begins with this sign. */
const sourceMark = '§';

/** Returns the name of a model that is not its id; empty if this version knows none, or its service's list was not read. */
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
  /** Returns the sources of all pictures with their names of now. There are a handful. */
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
    /** Stores the names that models have now. One that only a service's list has stays while that list is not read. */
    renameSources(): void {
      for (const { id, provider, model, label: old } of all.all()) {
        const label = knownLabel(model, provider) || old;
        if (label !== old) rename.run({ id, label });
      }
    },
  };
}
