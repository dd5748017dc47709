// What is in Trash, and what leaves it for good. See main/storage/purge.ts for the order of things.
import type { Database } from 'better-sqlite3';
import { type GalleryRow, toGalleryImage } from './user-images';

/** A picture on its way out: its row is kept until its files are gone. */
export type PurgedPicture = { id: string; file: string };

const inTrash = 'deleted_at IS NOT NULL AND purged_at IS NULL';

export function createTrash(database: Database) {
  const setDeleted = database.prepare<[number, string]>(
    'UPDATE user_images SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL',
  );
  const restore = database.prepare<[string]>(
    `UPDATE user_images SET deleted_at = NULL WHERE id = ? AND ${inTrash}`,
  );
  const pictures = database.prepare<[number], GalleryRow & { deleted_at: number }>(
    `SELECT * FROM user_images WHERE ${inTrash} ORDER BY deleted_at DESC, id DESC LIMIT ?`,
  );
  const files = database.prepare<[], PurgedPicture>(`SELECT id, file FROM user_images WHERE ${inTrash}`);
  const conversations = database.prepare<[number], { id: string; title: string; deletedAt: number }>(
    `SELECT id, title, deleted_at AS deletedAt FROM conversations WHERE ${inTrash}
     ORDER BY deleted_at DESC, id DESC LIMIT ?`,
  );
  const countPictures = database
    .prepare<[], number>(`SELECT count(*) FROM user_images WHERE ${inTrash}`)
    .pluck();
  const countConversations = database
    .prepare<[], number>(`SELECT count(*) FROM conversations WHERE ${inTrash}`)
    .pluck();

  const due = database
    .prepare<[number, number], string>(
      `SELECT id FROM user_images WHERE deleted_at <= ? AND purged_at IS NULL ORDER BY deleted_at LIMIT ?`,
    )
    .pluck();
  const purge = database.prepare<[number, string]>('UPDATE user_images SET purged_at = ? WHERE id = ?');
  // Every message that shows it says from now on that it was deleted; the blurred preview goes too.
  const takeFromMessages = database.prepare<[string, string]>(
    `UPDATE messages SET image_file = NULL, bytes = NULL, thumbhash = NULL
     WHERE id = (SELECT coalesce(message_id, id) FROM user_images WHERE id = ?) OR picture_id = ?`,
  );
  const purged = database.prepare<[string, number], PurgedPicture>(
    'SELECT id, file FROM user_images WHERE purged_at IS NOT NULL AND id > ? ORDER BY id LIMIT ?',
  );
  const referred = database
    .prepare<[string, string, string], number>(
      `SELECT 1 FROM user_images WHERE file = ? AND id <> ? AND purged_at IS NULL
       UNION ALL SELECT 1 FROM messages WHERE image_file = ? LIMIT 1`,
    )
    .pluck();
  const forget = database.prepare<[string]>('DELETE FROM user_images WHERE id = ? AND purged_at IS NOT NULL');

  // What is under way in a conversation ends first: its answer would have no row to come to.
  const purgeConversations = database.prepare<[number, number, number]>(
    `UPDATE conversations SET purged_at = ? WHERE id IN (
       SELECT c.id FROM conversations c WHERE c.deleted_at <= ? AND c.purged_at IS NULL AND NOT EXISTS (
         SELECT 1 FROM messages m
         WHERE m.conversation_id = c.id AND m.status IN ('pending', 'generating', 'streaming'))
       LIMIT ?)`,
  );
  const purgedConversation = database
    .prepare<[], string>(
      'SELECT id FROM conversations WHERE deleted_at IS NOT NULL AND purged_at IS NOT NULL LIMIT 1',
    )
    .pluck();
  const someMessages = 'SELECT id FROM messages WHERE conversation_id = ? ORDER BY id LIMIT ?';
  const keepPictures = database.prepare<[string, number]>(adoptSql(`m.id IN (${someMessages})`));
  const removeMessages = database.prepare<[string, number]>(
    `DELETE FROM messages WHERE id IN (${someMessages})`,
  );
  const forgetConversation = database.prepare<[string]>(
    'DELETE FROM conversations WHERE id = ? AND purged_at IS NOT NULL',
  );

  return {
    /** @returns whether the picture was in the gallery and is in Trash now. */
    add(id: string, at: number): boolean {
      return setDeleted.run(at, id).changes === 1;
    },
    /** @returns whether the picture was in Trash and is back. */
    restore(id: string): boolean {
      return restore.run(id).changes === 1;
    },
    /** @returns up to `limit` pictures, the last deleted first. */
    pictures(limit: number) {
      return pictures.all(limit).map((row) => ({ image: toGalleryImage(row), deletedAt: row.deleted_at }));
    },
    /** @returns where every picture in Trash has its file. */
    files(): PurgedPicture[] {
      return files.all();
    },
    /** @returns up to `limit` conversations, the last deleted first. */
    conversations(limit: number): { id: string; title: string; deletedAt: number }[] {
      return conversations.all(limit);
    },
    counts(): { pictures: number; conversations: number } {
      return { pictures: countPictures.get() ?? 0, conversations: countConversations.get() ?? 0 };
    },

    /**
     * Marks pictures that were deleted at `until` or before: from here on they are gone for the user. Call it
     * inside a transaction.
     * @returns their ids, at most `limit`.
     */
    purgePictures(until: number, at: number, limit: number): string[] {
      const ids = due.all(until, limit);
      for (const id of ids) {
        takeFromMessages.run(id, id);
        purge.run(at, id);
      }
      return ids;
    },
    /** @returns marked pictures in the order of their ids, from behind `after`. */
    purgedPictures(after: string, limit: number): PurgedPicture[] {
      return purged.all(after, limit);
    },
    /** @returns whether another picture still shows this file. */
    isReferred({ id, file }: PurgedPicture): boolean {
      return referred.get(file, id, file) !== undefined;
    },
    /** Removes the row of a marked picture. Its files have to be gone. */
    forgetPicture(id: string): void {
      forget.run(id);
    },

    /** Marks conversations that were deleted at `until` or before. @returns how many, at most `limit`. */
    purgeConversations(until: number, at: number, limit: number): number {
      return purgeConversations.run(at, until, limit).changes;
    },
    /** @returns the id of one that is marked. */
    purgedConversation(): string | undefined {
      return purgedConversation.get();
    },
    /**
     * Removes up to `limit` of its messages; a picture that is not in the gallery yet comes there first. Call it
     * inside a transaction.
     * @returns how many went.
     */
    removeMessages(conversationId: string, limit: number): number {
      keepPictures.run(conversationId, limit);
      return removeMessages.run(conversationId, limit).changes;
    },
    /** Removes a marked conversation that has no message any more. */
    forgetConversation(id: string): void {
      forgetConversation.run(id);
    },
  };
}

/** @returns SQL that puts pictures into the gallery from the messages they were made for. */
export function adoptSql(condition: string): string {
  return `INSERT OR IGNORE INTO user_images
      (id, message_id, file, width, height, bytes, thumbhash, prompt, provider, model, params, created_at)
    SELECT m.id, m.id, m.image_file, coalesce(m.width, 1), coalesce(m.height, 1), coalesce(m.bytes, 0),
           m.thumbhash, coalesce(m.prompt, ''), coalesce(m.provider, ''), coalesce(m.model, ''), m.params,
           m.created_at
    FROM messages m WHERE m.image_file IS NOT NULL AND m.picture_id IS NULL AND ${condition}`;
}
