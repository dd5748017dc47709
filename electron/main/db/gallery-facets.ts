// Counts over the gallery: for the filter choices, and for the number of results of a query.
import type { Database } from 'better-sqlite3';
import type { GalleryFacets } from '../../../shared/contract/gallery';
import { datesOf, type GalleryQuery, withDates } from '../../../shared/domain/gallery-query';
import { compileGalleryQuery, type QueryReads } from './gallery-query';
import { positionText } from './order-key';
import { prepareQuery } from './prepare-query';
import { searchIndexes } from './search-index';
import { runToEnd, type Slices } from './slices';

/** Number of pictures that one slice of a count examines. */
const slicePictures = 10_000;
/** The highest integer of SQLite, as text because it exceeds Number.MAX_SAFE_INTEGER. */
const maxKey = '9223372036854775807';

type Facet = { id: string; count: number };

export function createGalleryFacetReads(database: Database, queryReads: QueryReads) {
  // An index whose order is that of the groups answers each of these.
  const prepareFacet = (column: 'model' | 'provider') =>
    prepareQuery<[], Facet>(
      database,
      { id: column, count: 'count(*)' },
      (list) => `SELECT ${list} FROM user_images WHERE deleted_at IS NULL
                 GROUP BY ${column} ORDER BY count(*) DESC, ${column} LIMIT 100`,
    );
  const sliceEnd = database
    .prepare<{ after: string; size: number }, string>(
      `SELECT ${positionText('u')} FROM user_images u
       WHERE deleted_at IS NULL AND order_key > CAST(@after AS INTEGER)
       ORDER BY order_key LIMIT 1 OFFSET @size`,
    )
    .pluck();
  const sliceEndInIndex = database
    .prepare<{ after: string; size: number }, string>(
      `SELECT CAST(id AS TEXT) FROM search_rows WHERE id > CAST(@after AS INTEGER) ORDER BY id LIMIT 1 OFFSET @size`,
    )
    .pluck();
  const models = prepareFacet('model');
  const providers = prepareFacet('provider');

  function* countInSlices(query: GalleryQuery): Slices<number> {
    const { from, where, values } = compileGalleryQuery(query, queryReads);
    // A full-text index can seek only by its own column.
    const index = searchIndexes.find((name) => from.includes(name));
    const key = index === undefined ? 'u.order_key' : `${index}.rowid`;
    const count = database
      .prepare<[typeof values], number>(
        `SELECT count(*) FROM ${from} WHERE (${where})
           AND ${key} > CAST(@after AS INTEGER) AND ${key} <= CAST(@last AS INTEGER)`,
      )
      .pluck();
    let total = 0;
    let after = '-1';
    while (true) {
      const last = (index === undefined ? sliceEnd : sliceEndInIndex).get({ after, size: slicePictures - 1 });
      total += count.get({ ...values, after, last: last ?? maxKey }) ?? 0;
      if (last === undefined) return total;
      after = last;
      yield;
    }
  }

  function timeOf(limit: 'min' | 'max', query: GalleryQuery): number | null {
    const { from, where, values } = compileGalleryQuery(query, queryReads);
    const sql = `SELECT ${limit}(u.created_at) FROM ${from} WHERE ${where}`;
    return database.prepare<[typeof values], number | null>(sql).pluck().get(values) ?? null;
  }

  return {
    /**
     * Returns the time of the picture nearest to a query's days, before or after them (UTC milliseconds); null if
     * there is none.
     */
    nearestTime(query: GalleryQuery): number | null {
      const { from, to } = datesOf(query, Date.now());
      const before = from === null ? null : timeOf('max', withDates(query, { to: from }));
      const after = to === null ? null : timeOf('min', withDates(query, { from: to }));
      if (before === null || after === null || from === null || to === null) return before ?? after;
      return from - before <= after - to ? before : after;
    },
    facets(): GalleryFacets {
      return { models: models.all(), providers: providers.all() };
    },
    countInSlices,
    /** Returns how many pictures a query finds. */
    count: (query: GalleryQuery): number => runToEnd(countInSlices(query)),
  };
}
