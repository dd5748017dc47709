// The user_images table: the gallery.
import type { Database } from 'better-sqlite3';
import type { GalleryImage, PictureState } from '../../../shared/domain/pictures';
import type { NewUserImage } from './outbox';
import { readParams } from './picture-params';

export type GalleryRow = {
  id: string;
  file: string;
  width: number;
  height: number;
  bytes: number;
  thumbhash: Buffer | null;
  prompt: string;
  provider: string;
  model: string;
  params: string | null;
  favourite: number;
  created_at: number;
  deleted_at: number | null;
  missing_at: number | null;
};

export function createUserImages(database: Database) {
  // The same picture twice is the outbox drained twice: the first row stands.
  const insert = database.prepare<[Record<string, string | number | Buffer>]>(
    `INSERT OR IGNORE INTO user_images (id, message_id, file, width, height, bytes, thumbhash, prompt,
                                        provider, model, params, created_at)
     VALUES (@id, @messageId, @file, @width, @height, @bytes, @thumbhash, @prompt,
             @provider, @model, @params, @createdAt)`,
  );
  const setFavourite = database.prepare<[number, string, number]>(
    'UPDATE user_images SET favourite = ? WHERE id = ? AND favourite <> ? AND purged_at IS NULL',
  );
  // What is being removed for good is a picture no more.
  const find = database.prepare<[string], GalleryRow>(
    'SELECT * FROM user_images WHERE id = ? AND purged_at IS NULL',
  );
  const file = database
    .prepare<[string], string>('SELECT file FROM user_images WHERE id = ? AND purged_at IS NULL')
    .pluck();
  const replaceFile = database.prepare<[string, number, string]>(
    'UPDATE user_images SET file = ?, bytes = ? WHERE id = ? AND purged_at IS NULL',
  );
  const count = database
    .prepare<[], number>('SELECT count(*) FROM user_images WHERE deleted_at IS NULL')
    .pluck();

  return {
    insert(image: NewUserImage): void {
      insert.run({ ...image, thumbhash: Buffer.from(image.thumbhash, 'base64') });
    },
    /** @returns whether it is another way than before. */
    setFavourite(id: string, favourite: boolean): boolean {
      return setFavourite.run(Number(favourite), id, Number(favourite)).changes === 1;
    },
    find(id: string): GalleryImage | undefined {
      const row = find.get(id);
      return row && toGalleryImage(row);
    },
    /** @returns the picture's path relative to the data folder. */
    file(id: string): string | undefined {
      return file.get(id);
    },
    /** @returns whether there was such a picture. */
    replaceFile(id: string, file: string, bytes: number): boolean {
      return replaceFile.run(file, bytes, id).changes === 1;
    },
    count(): number {
      return count.get() ?? 0;
    },
  };
}

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
    favourite: row.favourite === 1,
    ...stateOf(row.deleted_at, row.missing_at),
  };
}

/** @returns where a picture is, when it is not simply there. */
export function stateOf(deletedAt: number | null, missingAt: number | null): { state?: PictureState } {
  if (deletedAt !== null) return { state: 'trash' };
  return missingAt === null ? {} : { state: 'missing' };
}
