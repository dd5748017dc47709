// The collections of pictures: those that a user fills, and saved searches.
import type { Database } from 'better-sqlite3';
import type { Collection, CollectionList } from '../../../shared/contract/collections';
import { everyPicture, type GalleryQuery, galleryQuerySchema } from '../../../shared/domain/gallery-query';
import { compileGalleryQuery, orderOf } from './gallery-query';

type Row = { id: string; name: string; query: string | null };

/** A saved search is counted as far as this: the sidebar must not wait for it. */
const countedUpTo = 1000;

export function createCollections(database: Database) {
  const insert = database.prepare<[string, string, string | null, number]>(
    `INSERT INTO collections (id, name, query, position, created_at)
     VALUES (?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM collections), ?)`,
  );
  const all = database.prepare<[], Row>(
    'SELECT id, name, query FROM collections WHERE deleted_at IS NULL ORDER BY position, id',
  );
  const find = database.prepare<[string], Row>(
    'SELECT id, name, query FROM collections WHERE id = ? AND deleted_at IS NULL',
  );
  const rename = database.prepare<[string, string]>(
    'UPDATE collections SET name = ? WHERE id = ? AND deleted_at IS NULL',
  );
  const setDeleted = database.prepare<[number, string]>(
    'UPDATE collections SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL',
  );
  const restore = database.prepare<[string]>('UPDATE collections SET deleted_at = NULL WHERE id = ?');
  const forget = database.prepare<[number]>('DELETE FROM collections WHERE deleted_at < ?');
  const add = database.prepare<[string, number, string]>(
    `INSERT OR IGNORE INTO collection_images (collection_id, image_id, added_at)
     SELECT ?, id, ? FROM user_images WHERE id = ? AND purged_at IS NULL`,
  );
  const remove = database.prepare<[string, string]>(
    'DELETE FROM collection_images WHERE collection_id = ? AND image_id = ?',
  );
  const inCollection = `FROM collection_images JOIN user_images u ON u.id = image_id
     WHERE collection_id = ? AND u.deleted_at IS NULL`;
  const count = database.prepare<[string], number>(`SELECT count(*) ${inCollection}`).pluck();
  const cover = database
    .prepare<[string], string>(`SELECT u.id ${inCollection} ORDER BY added_at DESC, u.id DESC LIMIT 1`)
    .pluck();
  const everything = database
    .prepare<[], number>('SELECT count(*) FROM user_images WHERE deleted_at IS NULL')
    .pluck();
  const favourites = database
    .prepare<[], number>('SELECT count(*) FROM user_images WHERE favourite = 1 AND deleted_at IS NULL')
    .pluck();

  function measure(row: Row): Collection[] {
    if (row.query === null) {
      const counted = count.get(row.id) ?? 0;
      return [{ ...row, query: null, count: counted, isMore: false, coverId: cover.get(row.id) ?? null }];
    }
    const query = readQuery(row.query);
    // Another version saved it, and this one cannot read it: it is kept, and not shown.
    if (!query) return [];
    const { joins, where, values } = compileGalleryQuery(query);
    const found = database
      .prepare<unknown[], string>(
        `SELECT u.id FROM user_images u ${joins} WHERE ${where}
         ORDER BY ${orderOf({ ...query, sort: 'newest' }).by} LIMIT ${countedUpTo + 1}`,
      )
      .pluck()
      .all(...values);
    const isMore = found.length > countedUpTo;
    const counted = isMore ? countedUpTo : found.length;
    return [{ ...row, query, count: counted, isMore, coverId: found[0] ?? null }];
  }

  return {
    create(id: string, name: string, query: GalleryQuery | null, at: number): void {
      insert.run(id, name, query && JSON.stringify(query), at);
    },
    list(): CollectionList {
      return {
        everything: everything.get() ?? 0,
        favourites: favourites.get() ?? 0,
        collections: all.all().flatMap(measure),
      };
    },
    find(id: string): Collection | undefined {
      const row = find.get(id);
      return row && measure(row)[0];
    },
    rename(id: string, name: string): void {
      rename.run(name, id);
    },
    /** It can be restored until `forgetDeleted`. Its pictures stay in the gallery. */
    delete(id: string, at: number): void {
      setDeleted.run(at, id);
    },
    restore(id: string): void {
      restore.run(id);
    },
    /** Removes what was deleted before `until`, for good. */
    forgetDeleted(until: number): void {
      forget.run(until);
    },
    /** Call it in a transaction. @returns the ids of those that were not in it before. */
    add(id: string, imageIds: readonly string[], at: number): string[] {
      return imageIds.filter((imageId) => add.run(id, at, imageId).changes === 1);
    },
    /** Call it in a transaction. @returns the ids of those that were in it. */
    remove(id: string, imageIds: readonly string[]): string[] {
      return imageIds.filter((imageId) => remove.run(id, imageId).changes === 1);
    },
  };
}

/** A field that the saver did not know yet narrows nothing. */
function readQuery(json: string): GalleryQuery | null {
  try {
    const { data } = galleryQuerySchema.safeParse({ ...everyPicture, ...Object(JSON.parse(json)) });
    return data ?? null;
  } catch {
    return null;
  }
}
