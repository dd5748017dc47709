// The user_images table: the gallery.
import type { Database } from 'better-sqlite3';
import type { GalleryImage, StoredState } from '../../../shared/domain/pictures';
import type { StoredPlace } from '../../files/find-original';
import type { KnownFile } from '../../files/is-unchanged';
import { columnsOf } from './columns';
import { orderKeyAfterAll, positionText } from './order-key';
import type { NewUserImage } from './outbox';
import { readParams } from './picture-params';
import { prepareQuery } from './prepare-query';
import type { RowOf } from './tables';

const columns = columnsOf('user_images', [
  'id',
  'file',
  'width',
  'height',
  'bytes',
  'thumbhash',
  'prompt',
  'provider',
  'model',
  'params',
  'favourite',
  'created_at',
  'deleted_at',
  'missing_at',
  'linked_path',
  'linked_modified_at',
]);
export type GalleryRow = RowOf<'user_images', keyof typeof columns> & { position: string };

export const galleryColumns = { ...columns, position: positionText('user_images') };

/** A picture made earlier, perhaps by a provider that this version does not know. */
export type DatedImage = Omit<NewUserImage, 'provider'> & { provider: string };

type InsertedImage = Omit<DatedImage, 'thumbhash' | 'parentId'> & {
  thumbhash: Buffer;
  parentId: string | null;
};

/** A picture may be inserted twice, by the outbox and by a rescue: the first row is kept. */
function insertSql(orderKey: string): string {
  return `INSERT OR IGNORE INTO user_images (id, message_id, file, width, height, bytes, thumbhash, prompt,
                                             provider, model, params, created_at, parent_id, order_key)
          VALUES (@id, @messageId, @file, @width, @height, @bytes, @thumbhash, @prompt,
                  @provider, @model, @params, @createdAt, @parentId, ${orderKey})`;
}

function withBytes(image: DatedImage): InsertedImage {
  const { parentId = null } = image;
  return { ...image, thumbhash: Buffer.from(image.thumbhash, 'base64'), parentId };
}

export function createUserImageReads(database: Database) {
  // A row that is being deleted permanently is no longer a picture.
  const find = prepareQuery<[string], GalleryRow>(
    database,
    galleryColumns,
    (list) => `SELECT ${list} FROM user_images WHERE id = ? AND purged_at IS NULL`,
  );
  const file = database
    .prepare<[string], string>('SELECT file FROM user_images WHERE id = ? AND purged_at IS NULL')
    .pluck();
  const place = prepareQuery<[string], StoredPlace>(
    database,
    columnsOf('user_images', ['file', 'bytes', 'linked_path', 'linked_modified_at']),
    (list) => `SELECT ${list} FROM user_images WHERE id = ? AND purged_at IS NULL`,
  );
  const count = database
    .prepare<[], number>('SELECT count(*) FROM user_images WHERE deleted_at IS NULL')
    .pluck();

  return {
    find(id: string): GalleryImage | undefined {
      const row = find.get(id);
      return row && toGalleryImage(row);
    },
    /** Returns the picture's path relative to the data folder. A linked picture has only its derived files there. */
    file(id: string): string | undefined {
      return file.get(id);
    },
    /** Returns what is known about the file that holds the picture's bytes. */
    place(id: string): StoredPlace | undefined {
      return place.get(id);
    },
    /** Returns the user's own file of a picture that stays where it is; undefined for any other picture. */
    link(id: string): KnownFile | undefined {
      const found = place.get(id);
      if (!found?.linked_path) return undefined;
      return { path: found.linked_path, bytes: found.bytes, modifiedAt: found.linked_modified_at ?? 0 };
    },
    /** Returns the path of the picture's bytes: absolute if they are linked, otherwise relative to the data folder. */
    source(id: string): string | undefined {
      const found = place.get(id);
      return found?.linked_path ?? found?.file;
    },
    count(): number {
      return count.get() ?? 0;
    },
  };
}

export function createUserImageWrites(database: Database) {
  const insert = database.prepare<[InsertedImage]>(insertSql(orderKeyAfterAll('@createdAt')));
  const insertDated = database.prepare<[InsertedImage]>(insertSql('NULL'));
  const setFavourite = database.prepare<{ id: string; favourite: number }>(
    `UPDATE user_images SET favourite = @favourite
     WHERE id = @id AND favourite <> @favourite AND purged_at IS NULL`,
  );
  const replaceFile = database.prepare<{ id: string; file: string; bytes: number }>(
    `UPDATE user_images SET file = @file, bytes = @bytes
     WHERE id = @id AND purged_at IS NULL AND linked_path IS NULL`,
  );

  return {
    /** Adds a new picture after all others, regardless of the clock. */
    insert(image: DatedImage): void {
      insert.run(withBytes(image));
    },
    /** Adds a picture at the place of its own date. Returns false if there is one with its id, which is kept. */
    insertDated(image: DatedImage): boolean {
      return insertDated.run(withBytes(image)).changes === 1;
    },
    /** Returns whether this changed the picture. */
    setFavourite(id: string, favourite: boolean): boolean {
      return setFavourite.run({ id, favourite: Number(favourite) }).changes === 1;
    },
    /** Returns whether there is such a picture in the data folder. */
    replaceFile(id: string, file: string, bytes: number): boolean {
      return replaceFile.run({ id, file, bytes }).changes === 1;
    },
  };
}

/** Returns a row as the page shows it. Parameters that are damaged count as unknown. */
export function toGalleryImage(row: GalleryRow): GalleryImage {
  return {
    id: row.id,
    prompt: row.prompt,
    provider: row.provider,
    model: row.model,
    aspectRatio: readParams(row.params)?.aspectRatio ?? null,
    width: row.width,
    height: row.height,
    bytes: row.bytes,
    thumbhash: row.thumbhash?.toString('base64') ?? '',
    createdAt: row.created_at,
    position: row.position,
    favourite: row.favourite === 1,
    ...(row.linked_path !== null && { isLinked: true }),
    ...stateOf(row.deleted_at, row.missing_at),
  };
}

/** Returns whether a picture is in Trash or missing; an empty object if it is neither. */
export function stateOf(deletedAt: number | null, missingAt: number | null): { state?: StoredState } {
  if (deletedAt !== null) return { state: 'trash' };
  return missingAt === null ? {} : { state: 'missing' };
}
