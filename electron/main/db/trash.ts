// Trash: the pictures and conversations in it, moving them there and back. purge.ts removes them permanently.
import type { Database } from 'better-sqlite3';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { prepareQuery } from './prepare-query';
import { type GalleryRow, galleryColumns, toGalleryImage } from './user-images';

export type PictureFile = {
  id: string;
  /** Relative to the data folder. */
  file: string;
};

export type DeletedConversation = { id: string; title: string; deletedAt: number };

const inTrash = 'deleted_at IS NOT NULL AND purged_at IS NULL';

export function createTrashReads(database: Database) {
  const pictures = prepareQuery<[number], GalleryRow & { deleted_at: number }>(
    database,
    galleryColumns,
    (list) => `SELECT ${list} FROM user_images WHERE ${inTrash} ORDER BY deletion DESC LIMIT ?`,
  );
  const files = prepareQuery<[], PictureFile>(
    database,
    { id: 'id', file: 'file' },
    (list) => `SELECT ${list} FROM user_images WHERE ${inTrash}`,
  );
  const conversations = prepareQuery<[number], DeletedConversation>(
    database,
    { id: 'id', title: 'title', deletedAt: 'deleted_at' },
    (list) => `SELECT ${list} FROM conversations WHERE ${inTrash}
               ORDER BY deletion DESC LIMIT ?`,
  );
  const countPictures = database
    .prepare<[], number>(`SELECT count(*) FROM user_images WHERE ${inTrash}`)
    .pluck();
  const countConversations = database
    .prepare<[], number>(`SELECT count(*) FROM conversations WHERE ${inTrash}`)
    .pluck();

  return {
    /** Returns up to `limit` pictures, the last deleted first. */
    pictures(limit: number): { image: GalleryImage; deletedAt: number }[] {
      return pictures.all(limit).map((row) => ({ image: toGalleryImage(row), deletedAt: row.deleted_at }));
    },
    /** Returns the file of every picture in Trash. */
    files(): PictureFile[] {
      return files.all();
    },
    /** Returns up to `limit` conversations, the last deleted first. */
    conversations(limit: number): DeletedConversation[] {
      return conversations.all(limit);
    },
    counts(): { pictures: number; conversations: number } {
      return { pictures: countPictures.get() ?? 0, conversations: countConversations.get() ?? 0 };
    },
  };
}

export function createTrashWrites(database: Database) {
  const add = database.prepare<{ id: string; at: number }>(
    'UPDATE user_images SET deleted_at = @at WHERE id = @id AND deleted_at IS NULL',
  );
  const restore = database.prepare<[string]>(
    `UPDATE user_images SET deleted_at = NULL WHERE id = ? AND ${inTrash}`,
  );

  return {
    /** Returns whether the picture was in the gallery and is in Trash now. */
    add(id: string, at: number): boolean {
      return add.run({ id, at }).changes === 1;
    },
    /** Returns whether the picture was in Trash and is back. */
    restore(id: string): boolean {
      return restore.run(id).changes === 1;
    },
  };
}
