// Counts over the gallery: for the choices of the filters, and for the number of pictures that a query finds.
import type { Database } from 'better-sqlite3';
import type { GalleryFacets } from '../../../shared/contract/gallery';
import type { GalleryQuery } from '../../../shared/domain/gallery-query';
import { compileGalleryQuery } from './gallery-query';
import { prepareQuery } from './prepare-query';

type Facet = { id: string; count: number };

export function createGalleryFacetReads(database: Database) {
  // An index whose order is that of the groups answers each of these.
  const prepareFacet = (column: 'model' | 'provider') =>
    prepareQuery<[], Facet>(
      database,
      { id: column, count: 'count(*)' },
      (list) => `SELECT ${list} FROM user_images WHERE deleted_at IS NULL
                 GROUP BY ${column} ORDER BY count(*) DESC, ${column} LIMIT 100`,
    );
  const models = prepareFacet('model');
  const providers = prepareFacet('provider');

  return {
    facets(): GalleryFacets {
      return { models: models.all(), providers: providers.all() };
    },
    count(query: GalleryQuery): number {
      const { joins, where, values } = compileGalleryQuery(query);
      const count = database
        .prepare<[typeof values], number>(`SELECT count(*) FROM user_images u ${joins} WHERE ${where}`)
        .pluck();
      return count.get(values) ?? 0;
    },
  };
}
