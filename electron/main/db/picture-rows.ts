// Which rows have which files: what reconciling and the storage view ask.
import type { Database } from 'better-sqlite3';
import { adoptSql } from './trash';

export type PictureRow = {
  id: string;
  /** Relative to the data folder. */
  file: string;
  deletedAt: number | null;
  purgedAt: number | null;
  missingAt: number | null;
};

export function createPictureRows(database: Database) {
  const inFolder = database.prepare<[string, string], PictureRow>(
    `SELECT id, file, deleted_at AS deletedAt, purged_at AS purgedAt, missing_at AS missingAt
     FROM user_images WHERE file >= ? AND file < ?`,
  );
  const strays = database
    .prepare<[string, string], string>(
      `SELECT m.id FROM messages m WHERE m.image_file >= ? AND m.image_file < ?
       AND m.picture_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM user_images u WHERE u.id = m.id)`,
    )
    .pluck();
  const adopt = database.prepare<[string]>(adoptSql('m.id = ?'));
  const known = database
    .prepare<[string, string], number>(
      `SELECT 1 FROM user_images WHERE id = ?
       UNION ALL SELECT 1 FROM messages WHERE id = ?
         AND (image_file IS NOT NULL OR status IN ('pending', 'generating', 'streaming')
           OR error_code IN ('picture_not_stored', 'cancelled_late')) LIMIT 1`,
    )
    .pluck();
  const withFile = database
    .prepare<[string, string], number>(
      `SELECT 1 FROM user_images WHERE file = ?
       UNION ALL SELECT 1 FROM messages WHERE image_file = ? LIMIT 1`,
    )
    .pluck();
  const setMissing = database.prepare<[number | null, string]>(
    'UPDATE user_images SET missing_at = ? WHERE id = ?',
  );
  const missing = database
    .prepare<[], number>(
      `SELECT count(*) FROM user_images
       WHERE missing_at IS NOT NULL AND deleted_at IS NULL`,
    )
    .pluck();
  // Whether its content is the same as before nobody has compared.
  const located = database.prepare<[string, number, string]>(
    `UPDATE user_images SET file = ?, bytes = ?, missing_at = NULL, content_hash = NULL
     WHERE id = ? AND purged_at IS NULL`,
  );
  const locatedInMessage = database.prepare<[string, number, string, string]>(
    `UPDATE messages SET image_file = ?, bytes = ?
     WHERE image_file IS NOT NULL
       AND (id = (SELECT coalesce(message_id, id) FROM user_images WHERE id = ?) OR picture_id = ?)`,
  );

  return {
    /** @param folder relative to the data folder, such as `images/0f`. @returns every row with a file in it. */
    inFolder(folder: string): PictureRow[] {
      return inFolder.all(`${folder}/`, `${folder}0`);
    },
    /** @returns ids of pictures in this folder that have a message and are not in the gallery. */
    straysIn(folder: string): string[] {
      // "0" follows "/": everything that begins with the folder's name and a slash.
      return strays.all(`${folder}/`, `${folder}0`);
    },
    /** Puts a picture into the gallery from its message alone. */
    adopt(id: string): void {
      adopt.run(id);
    },
    /** @returns whether there is a picture of this id, or one being made, or one whose bytes may wait for a Retry. */
    isKnown(id: string): boolean {
      return known.get(id, id) !== undefined;
    },
    /** @returns whether a row has exactly this file. */
    hasFile(file: string): boolean {
      return withFile.get(file, file) !== undefined;
    },
    /** @param at UTC milliseconds; null where the file is there again. */
    setMissing(id: string, at: number | null): void {
      setMissing.run(at, id);
    },
    /** @returns how many pictures of the gallery have no file. */
    missingCount(): number {
      return missing.get() ?? 0;
    },
    /** The picture's file is there again, perhaps in another format. Call it inside a transaction. */
    setLocated(id: string, file: string, bytes: number): void {
      located.run(file, bytes, id);
      locatedInMessage.run(file, bytes, id, id);
    },
  };
}
