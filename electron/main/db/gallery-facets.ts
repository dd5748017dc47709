// What the gallery has, counted: for the choices of the filters, and for how many a query finds.
import type { Database } from 'better-sqlite3';
import type { GalleryFacets } from '../../../shared/contract/gallery';
import type { GalleryQuery } from '../../../shared/domain/gallery-query';
import { compileGalleryQuery } from './gallery-query';

type Facet = { id: string; count: number };

export function createGalleryFacets(database: Database) {
  // Written so that an index answers each, whose order is the group's.
  const models = database.prepare<[], Facet>(
    `SELECT model AS id, count(*) AS count FROM user_images WHERE deleted_at IS NULL
     GROUP BY model ORDER BY count(*) DESC, model LIMIT 100`,
  );
  const providers = database.prepare<[], Facet>(
    `SELECT provider AS id, count(*) AS count FROM user_images WHERE deleted_at IS NULL
     GROUP BY provider ORDER BY count(*) DESC, provider LIMIT 100`,
  );
  return {
    facets(): GalleryFacets {
      return { models: models.all(), providers: providers.all() };
    },
    count(query: GalleryQuery): number {
      const { joins, where, values } = compileGalleryQuery(query);
      const sql = `SELECT count(*) FROM user_images u ${joins} WHERE ${where}`;
      return (
        database
          .prepare<unknown[], number>(sql)
          .pluck()
          .get(...values) ?? 0
      );
    },
  };
}
