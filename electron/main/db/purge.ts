// Statements for permanent deletion: marking rows, and removing them. storage/purge.ts explains the order.
import type { Database } from 'better-sqlite3';
import { insertFromMessagesSql } from './insert-from-messages';
import { prepareQuery } from './prepare-query';
import type { PictureFile } from './trash';

export function createPurgeReads(database: Database) {
  // Ordered by id only for paging.
  const pictures = prepareQuery<[{ after: string; limit: number }], PictureFile>(
    database,
    { id: 'id', file: 'file' },
    (list) => `SELECT ${list} FROM user_images WHERE purged_at IS NOT NULL AND id > @after
               ORDER BY id LIMIT @limit`,
  );
  const isFileShared = database
    .prepare<PictureFile, number>(
      `SELECT 1 FROM user_images WHERE file = @file AND id <> @id AND purged_at IS NULL
       UNION ALL SELECT 1 FROM messages WHERE image_file = @file LIMIT 1`,
    )
    .pluck();
  const newestTime = database
    .prepare<[], number | null>(
      `SELECT max(at) FROM (
         SELECT max(updated_at) AS at FROM conversations UNION ALL SELECT max(deleted_at) FROM conversations
         UNION ALL SELECT max(created_at) FROM user_images UNION ALL SELECT max(deleted_at) FROM user_images)`,
    )
    .pluck();
  const conversation = database
    .prepare<[], string>(
      'SELECT id FROM conversations WHERE deleted_at IS NOT NULL AND purged_at IS NOT NULL LIMIT 1',
    )
    .pluck();

  return {
    /** Returns marked pictures in the order of their ids, starting after `after`. */
    pictures(after: string, limit: number): PictureFile[] {
      return pictures.all({ after, limit });
    },
    /** Returns whether another picture still shows this file. */
    isFileShared({ id, file }: PictureFile): boolean {
      return isFileShared.get({ id, file }) !== undefined;
    },
    /** Returns the newest time in the database (UTC milliseconds); null if it is empty. */
    newestTime(): number | null {
      return newestTime.get() ?? null;
    },
    /** Returns the id of a marked conversation. */
    conversation(): string | undefined {
      return conversation.get();
    },
  };
}

export function createPurgeWrites(database: Database) {
  // In index order; which of the due ones come first does not matter.
  const duePictures = database
    .prepare<{ until: number; limit: number }, string>(
      `SELECT id FROM user_images WHERE deleted_at <= @until AND purged_at IS NULL
       ORDER BY deleted_at LIMIT @limit`,
    )
    .pluck();
  const markTrashed = database.prepare<{ id: string; at: number }>(
    `UPDATE user_images SET purged_at = @at
     WHERE id = @id AND deleted_at IS NOT NULL AND purged_at IS NULL`,
  );
  // From now on every message that shows the picture says that it was deleted. The blurred preview goes too.
  const removeFromMessages = database.prepare<{ id: string }>(
    `UPDATE messages SET image_file = NULL, bytes = NULL, thumbhash = NULL
     WHERE id = (SELECT coalesce(message_id, id) FROM user_images WHERE id = @id) OR picture_id = @id`,
  );
  const removePicture = database.prepare<[string]>(
    'DELETE FROM user_images WHERE id = ? AND purged_at IS NOT NULL',
  );

  // Skips a conversation with a running request, whose result needs its row. Waiting work in Trash never begins.
  const markConversations = database.prepare<{ until: number; at: number; limit: number }>(
    `UPDATE conversations SET purged_at = @at WHERE id IN (
       SELECT c.id FROM conversations c WHERE c.deleted_at <= @until AND c.purged_at IS NULL AND NOT EXISTS (
         SELECT 1 FROM messages m
         WHERE m.conversation_id = c.id AND m.status IN ('generating', 'streaming'))
       LIMIT @limit)`,
  );
  const someMessages =
    'SELECT id FROM messages WHERE conversation_id = @conversationId ORDER BY branch, seq LIMIT @limit';
  const keepPictures = database.prepare<{ conversationId: string; limit: number }>(
    insertFromMessagesSql(`m.id IN (${someMessages})`),
  );
  const removeMessages = database.prepare<{ conversationId: string; limit: number }>(
    `DELETE FROM messages WHERE id IN (${someMessages})`,
  );
  const removeEdits = database.prepare<{ conversationId: string; limit: number }>(
    `DELETE FROM drafts WHERE conversation_id IN (${someMessages})`,
  );
  const removeConversation = database.prepare<[string]>(
    'DELETE FROM conversations WHERE id = ? AND purged_at IS NOT NULL',
  );
  // A draft of a conversation in Trash stays, so that Undo brings it back, and so do its suggestions.
  const removeDraft = database.prepare<[string]>('DELETE FROM drafts WHERE conversation_id = ?');
  const removeSuggestions = database.prepare<[string]>('DELETE FROM suggestions WHERE conversation_id = ?');

  /** Marks a picture, if it is in Trash. Call it inside a transaction. @returns whether it was. */
  function markPicture(id: string, at: number): boolean {
    if (markTrashed.run({ id, at }).changes === 0) return false;
    removeFromMessages.run({ id });
    return true;
  }

  return {
    markPicture,
    /**
     * Marks pictures that were deleted at `until` or before. The user can no longer see them. Call it inside a
     * transaction.
     *
     * @returns their ids, at most `limit`.
     */
    markPictures(until: number, at: number, limit: number): string[] {
      return duePictures.all({ until, limit }).filter((id) => markPicture(id, at));
    },
    /** Removes the row of a marked picture. Remove its files first. */
    removePicture(id: string): void {
      removePicture.run(id);
    },
    /** Marks conversations that were deleted at `until` or before. Returns how many, at most `limit`. */
    markConversations(until: number, at: number, limit: number): number {
      return markConversations.run({ until, at, limit }).changes;
    },
    /**
     * Removes up to `limit` messages of a conversation. Pictures that are not in the gallery yet are added to it
     * first. Call it inside a transaction.
     *
     * @returns how many were removed.
     */
    removeMessages(conversationId: string, limit: number): number {
      keepPictures.run({ conversationId, limit });
      // Without its message, an edit's draft would be mistaken for that of a new chat.
      removeEdits.run({ conversationId, limit });
      return removeMessages.run({ conversationId, limit }).changes;
    },
    /** Removes a marked conversation, its draft and its suggestions. Remove its messages first. */
    removeConversation(id: string): void {
      removeDraft.run(id);
      removeSuggestions.run(id);
      removeConversation.run(id);
    },
  };
}
