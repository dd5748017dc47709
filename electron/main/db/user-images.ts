// The user_images table: the gallery.
import type { Database } from 'better-sqlite3';
import type { GalleryImage } from '../../../shared/ipc';
import type { NewUserImage } from './outbox';
import { readParams } from './picture-params';

type Row = {
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
  created_at: number;
};

export function createUserImages(database: Database) {
  // The same picture twice is the outbox drained twice: the first row stands.
  const insert = database.prepare<[Record<string, string | number | Buffer>]>(
    `INSERT OR IGNORE INTO user_images (id, message_id, file, width, height, bytes, thumbhash, prompt,
                                        provider, model, params, created_at)
     VALUES (@id, @messageId, @file, @width, @height, @bytes, @thumbhash, @prompt,
             @provider, @model, @params, @createdAt)`,
  );
  const page = database.prepare<[string, string, number], Row>(
    `SELECT id, file, width, height, bytes, thumbhash, prompt, provider, model, params, created_at
     FROM user_images WHERE deleted_at IS NULL AND id < ? AND prompt LIKE ? ESCAPE '\\'
     ORDER BY id DESC LIMIT ?`,
  );
  const find = database.prepare<[string], Row>('SELECT * FROM user_images WHERE id = ?');
  const file = database.prepare<[string], string>('SELECT file FROM user_images WHERE id = ?').pluck();
  const count = database
    .prepare<[], number>('SELECT count(*) FROM user_images WHERE deleted_at IS NULL')
    .pluck();

  return {
    insert(image: NewUserImage): void {
      insert.run({ ...image, thumbhash: Buffer.from(image.thumbhash, 'base64') });
    },
    /**
     * @param before a picture's id: only older ones. Null for the newest.
     * @param search words that the prompt contains, as typed; empty for all.
     * @returns up to `limit` pictures, newest first.
     */
    page(before: string | null, search: string, limit: number): { images: GalleryImage[]; hasMore: boolean } {
      const rows = page.all(before ?? 'g', likePattern(search), limit + 1);
      return { images: rows.slice(0, limit).map(toGalleryImage), hasMore: rows.length > limit };
    },
    find(id: string): GalleryImage | undefined {
      const row = find.get(id);
      return row && toGalleryImage(row);
    },
    /** @returns the picture's path relative to the data folder. */
    file(id: string): string | undefined {
      return file.get(id);
    },
    count(): number {
      return count.get() ?? 0;
    },
  };
}

function likePattern(search: string): string {
  return `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`;
}

function toGalleryImage(row: Row): GalleryImage {
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
  };
}
