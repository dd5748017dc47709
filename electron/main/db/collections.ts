// The collections of pictures: those that the user fills, and saved searches.
import type { Database } from 'better-sqlite3';
import type { Collection, CollectionList } from '../../../shared/contract/collections';
import { everyPicture, type GalleryQuery, galleryQuerySchema } from '../../../shared/domain/gallery-query';
import { columnsOf } from './columns';
import { compileGalleryQuery, orderOf, type QueryReads } from './gallery-query';
import { prepareQuery } from './prepare-query';
import type { RowOf } from './tables';

const columns = columnsOf('collections', ['id', 'name', 'query']);
type Row = RowOf<'collections', keyof typeof columns>;

/** A saved search is counted only up to this number, because the sidebar waits for the count. */
const maxCounted = 1000;

export function createCollectionReads(database: Database, queryReads: QueryReads) {
  const all = prepareQuery<[], Row>(
    database,
    columns,
    (list) => `SELECT ${list} FROM collections WHERE deleted_at IS NULL ORDER BY position, id`,
  );
  const find = prepareQuery<[string], Row>(
    database,
    columns,
    (list) => `SELECT ${list} FROM collections WHERE id = ? AND deleted_at IS NULL`,
  );
  const inCollection = `FROM collection_images JOIN user_images u ON u.id = image_id
     WHERE collection_id = ? AND u.deleted_at IS NULL`;
  const count = database.prepare<[string], number>(`SELECT count(*) ${inCollection}`).pluck();
  const cover = database
    .prepare<[string], string>(`SELECT u.id ${inCollection} ORDER BY collection_images.position DESC LIMIT 1`)
    .pluck();
  const everything = database
    .prepare<[], number>('SELECT count(*) FROM user_images WHERE deleted_at IS NULL')
    .pluck();
  const favourites = database
    .prepare<[], number>('SELECT count(*) FROM user_images WHERE favourite = 1 AND deleted_at IS NULL')
    .pluck();

  function toCollection({ id, name, query: json }: Row): Collection[] {
    if (json === null) {
      return [
        { id, name, query: null, count: count.get(id) ?? 0, isMore: false, coverId: cover.get(id) ?? null },
      ];
    }
    const query = parseQuery(json);
    // A search that only another version can read is kept, but not shown.
    if (!query) return [];
    const { from, where, values } = compileGalleryQuery(query, queryReads);
    const found = database
      .prepare<[typeof values], string>(
        `SELECT u.id FROM ${from} WHERE ${where}
         ORDER BY ${orderOf({ ...query, sort: 'relevance' }).by} LIMIT ${maxCounted + 1}`,
      )
      .pluck()
      .all(values);
    const isMore = found.length > maxCounted;
    return [
      { id, name, query, count: isMore ? maxCounted : found.length, isMore, coverId: found[0] ?? null },
    ];
  }

  return {
    list(): CollectionList {
      return {
        everything: everything.get() ?? 0,
        favourites: favourites.get() ?? 0,
        collections: all.all().flatMap(toCollection),
      };
    },
    find(id: string): Collection | undefined {
      const row = find.get(id);
      return row && toCollection(row)[0];
    },
  };
}

export function createCollectionWrites(database: Database) {
  const insert = database.prepare<{ id: string; name: string; query: string | null; at: number }>(
    `INSERT INTO collections (id, name, query, position, created_at)
     VALUES (@id, @name, @query, (SELECT coalesce(max(position), 0) + 1 FROM collections), @at)`,
  );
  const rename = database.prepare<{ id: string; name: string }>(
    'UPDATE collections SET name = @name WHERE id = @id AND deleted_at IS NULL',
  );
  const setDeleted = database.prepare<{ id: string; at: number }>(
    'UPDATE collections SET deleted_at = @at WHERE id = @id AND deleted_at IS NULL',
  );
  const restore = database.prepare<[string]>('UPDATE collections SET deleted_at = NULL WHERE id = ?');
  const removeDeleted = database.prepare<[number]>('DELETE FROM collections WHERE deleted_at < ?');
  const add = database.prepare<{ id: string; imageId: string; at: number }>(
    `INSERT OR IGNORE INTO collection_images (collection_id, image_id, added_at, position)
     SELECT @id, id, @at,
            (SELECT coalesce(max(position), 0) + 1 FROM collection_images WHERE collection_id = @id)
     FROM user_images WHERE id = @imageId AND purged_at IS NULL`,
  );
  const remove = database.prepare<{ id: string; imageId: string }>(
    'DELETE FROM collection_images WHERE collection_id = @id AND image_id = @imageId',
  );

  return {
    create(id: string, name: string, query: GalleryQuery | null, at: number): void {
      insert.run({ id, name, query: query && JSON.stringify(query), at });
    },
    rename(id: string, name: string): void {
      rename.run({ id, name });
    },
    /** Deletes a collection, which can be restored until `removeDeleted`. Its pictures stay in the gallery. */
    delete(id: string, at: number): void {
      setDeleted.run({ id, at });
    },
    restore(id: string): void {
      restore.run(id);
    },
    /** Permanently removes the collections that were deleted before `until`. */
    removeDeleted(until: number): void {
      removeDeleted.run(until);
    },
    /** Call it inside a transaction. Returns the ids of the pictures that were not in it before. */
    add(id: string, imageIds: readonly string[], at: number): string[] {
      return imageIds.filter((imageId) => add.run({ id, imageId, at }).changes === 1);
    },
    /** Call it inside a transaction. Returns the ids of the pictures that were in it. */
    remove(id: string, imageIds: readonly string[]): string[] {
      return imageIds.filter((imageId) => remove.run({ id, imageId }).changes === 1);
    },
  };
}

/** A field that did not exist when the search was saved gets its default. */
function parseQuery(json: string): GalleryQuery | null {
  try {
    const { data } = galleryQuerySchema.safeParse({ ...everyPicture, ...Object(JSON.parse(json)) });
    return data ?? null;
  } catch {
    return null;
  }
}
