// Writes the messages table. Most functions change only a row whose work has not ended, and say whether they did.
import type { Database } from 'better-sqlite3';
import type { MessageStatus, NewMessage } from '../../../shared/domain/conversations';
import type { FailureDetails } from '../../../shared/domain/failure-details';
import type { PictureParams } from '../../../shared/domain/models';
import type { PictureNote } from '../../../shared/domain/picture-notes';
import { createMessageVersionWrites } from './message-versions';
import { notesColumn } from './picture-notes';
import { tileColumn } from './picture-tiles';
import { type Reason, reasonColumns } from './reasons';
import { type ReplyChoices, replyChoicesColumn } from './reply-choices';
import type { RowOf } from './tables';
import { unfinishedStatuses } from './unfinished-statuses';
import { usedStylesColumn } from './used-styles';

/** The facts of a finished picture, as its row keeps them. */
export type PictureResult = {
  file: string;
  width: number;
  height: number;
  bytes: number;
  thumbhash: Uint8Array;
  /** Who made it. */
  provider: string;
  model: string;
  /** What the model expects to receive again when the picture is edited. */
  signature?: string | undefined;
};

type InsertedRow = RowOf<
  'messages',
  'id' | 'role' | 'kind' | 'status' | 'text' | 'prompt' | 'params' | 'provider' | 'model' | 'styles'
> & {
  conversationId: string;
  groupId: string | null;
  parentId: string | null;
  createdAt: number;
  requestId: string | null;
  fresh: number;
  notes: string | null;
  answerId: string | null;
  answerShare: number | null;
  tile: string | null;
  branch: string;
  versionOf: string | null;
};

/** What is stored with a new message besides the message itself. */
export type NewMessageOptions = {
  /** The prefetched picture that it takes over. */
  requestId?: string | null;
  /** The picture must be made even if the gallery has the same one. */
  isFresh?: boolean;
  /** The request whose answer a picture is a part of, and its share of that request's charge; null if unknown. */
  partOf?: { requestId: string; shareMicroUsd: number | null };
  /** Of a reply: what the user chose for the pictures that it may request. */
  choices?: ReplyChoices;
  /** Its branch. Absent: the trunk. */
  branch?: string;
  /** The message that it is another version of. Its branch is then its own, and has its id. */
  versionOf?: string;
};

export function createMessageWrites(database: Database) {
  const insert = database.prepare<[InsertedRow]>(
    `INSERT INTO messages (id, conversation_id, group_id, role, kind, status, text, prompt, params,
                           parent_id, provider, model, created_at, updated_at, request_id, fresh, notes,
                           answer_id, answer_share_micro_usd, branch, version_of, tile, styles)
     VALUES (@id, @conversationId, @groupId, @role, @kind, @status, @text, @prompt, @params,
             @parentId, @provider, @model, @createdAt, @createdAt, @requestId, @fresh, @notes,
             @answerId, @answerShare, @branch, @versionOf, @tile, @styles)`,
  );
  const reset = database.prepare<{ id: string; at: number }>(
    `UPDATE messages SET status = 'pending', error_code = NULL, error_message = NULL, error_sentence = NULL,
                         error_details = NULL, retry_at = NULL, text = '', dismissed = 0, waits = 0, request_id = NULL,
                         stop_requested = 0, updated_at = @at
     WHERE id = @id`,
  );
  const begin = database.prepare<{ id: string; requestId: string; at: number }>(
    `UPDATE messages SET status = 'generating', error_code = NULL, error_message = NULL, error_sentence = NULL,
                         retry_at = NULL, text = '', request_id = @requestId, updated_at = @at
     WHERE id = @id AND status IN ${unfinishedStatuses} AND stop_requested = 0`,
  );
  const requestStop = database.prepare<[string]>(
    `UPDATE messages SET stop_requested = 1 WHERE id = ? AND status IN ${unfinishedStatuses}`,
  );
  const requestStopOfWaiting = database.prepare<[string]>(
    `UPDATE messages SET stop_requested = 1 WHERE conversation_id = ? AND status = 'pending'`,
  );
  const postpone = database.prepare<{
    id: string;
    code: string;
    message: string;
    sentence: string | null;
    retryAt: number;
    maxPostponements: number;
    at: number;
  }>(
    `UPDATE messages SET status = 'pending', error_code = @code, error_message = @message,
                         error_sentence = @sentence, retry_at = @retryAt, waits = waits + 1, request_id = NULL, updated_at = @at
     WHERE id = @id AND status IN ${unfinishedStatuses} AND waits < @maxPostponements AND stop_requested = 0`,
  );
  const waitForLimit = database.prepare<{
    id: string;
    code: string;
    message: string;
    sentence: string | null;
    retryAt: number;
    at: number;
  }>(
    `UPDATE messages SET error_code = @code, error_message = @message, error_sentence = @sentence, retry_at = @retryAt,
                         updated_at = @at
     WHERE id = @id AND status = 'pending' AND stop_requested = 0`,
  );
  const setStreaming = database.prepare<{ id: string; text: string; at: number }>(
    `UPDATE messages SET status = 'streaming', text = @text, updated_at = @at
     WHERE id = @id AND status IN ${unfinishedStatuses}`,
  );
  const setProvider = database.prepare<{ id: string; provider: string; model: string | null }>(
    'UPDATE messages SET provider = @provider, model = @model WHERE id = @id',
  );
  const setReplyChoices = database.prepare<{ id: string; params: string | null }>(
    `UPDATE messages SET params = @params WHERE id = @id AND kind = 'text' AND params IS NOT @params`,
  );
  const setNotes = database.prepare<{ id: string; notes: string | null }>(
    'UPDATE messages SET notes = @notes WHERE id = @id AND notes IS NOT @notes',
  );
  const setParams = database.prepare<{ id: string; params: string }>(
    'UPDATE messages SET params = @params WHERE id = @id AND params <> @params',
  );
  const setReady = database.prepare<
    [Omit<PictureResult, 'signature'> & { id: string; signature: string | null; at: number }]
  >(
    `UPDATE messages SET status = 'ready', image_file = @file, width = @width, height = @height, bytes = @bytes,
                         thumbhash = @thumbhash, thought_signature = @signature,
                         notes = iif(provider IS @provider, notes, NULL),
                         provider = @provider, model = @model, error_code = NULL,
                         error_message = NULL, error_sentence = NULL, retry_at = NULL, updated_at = @at
     WHERE id = @id AND status IN ${unfinishedStatuses}`,
  );
  // The gallery is read in the same statement, because a picture that has just left it must not be reused.
  const setReused = database.prepare<{ id: string; pictureId: string; at: number }>(
    `UPDATE messages SET status = 'ready', picture_id = u.id, image_file = u.file, width = u.width,
                         height = u.height, bytes = u.bytes, thumbhash = u.thumbhash, updated_at = @at
     FROM user_images u
     WHERE u.id = @pictureId AND u.deleted_at IS NULL AND u.purged_at IS NULL
       AND messages.id = @id AND messages.status = 'pending'`,
  );
  const setReplied = database.prepare<{ id: string; text: string; at: number }>(
    `UPDATE messages SET status = 'ready', text = @text, updated_at = @at
     WHERE id = @id AND status IN ${unfinishedStatuses}`,
  );
  const setEnded = database.prepare<{
    id: string;
    status: string;
    code: string;
    message: string;
    sentence: string | null;
    details: string | null;
    at: number;
  }>(
    `UPDATE messages SET status = @status, error_code = @code, error_message = @message,
                         error_sentence = @sentence, error_details = @details, retry_at = NULL, updated_at = @at
     WHERE id = @id AND status IN ${unfinishedStatuses}`,
  );
  // A picture whose service only another version knows is shown as failed, whatever its row says.
  const setDismissed = database.prepare<{ id: string; dismissed: number }>(
    `UPDATE messages SET dismissed = @dismissed
     WHERE id = @id AND dismissed <> @dismissed AND status NOT IN ${unfinishedStatuses}
       AND (error_code IS NOT NULL OR (kind = 'image' AND image_file IS NULL))`,
  );
  const replaceFile = database.prepare<{ id: string; file: string; bytes: number }>(
    `UPDATE messages SET image_file = @file, bytes = @bytes
     WHERE (id = @id OR picture_id = @id) AND image_file IS NOT NULL`,
  );

  return {
    ...createMessageVersionWrites(database),
    insert(message: NewMessage, options: NewMessageOptions = {}): void {
      const { requestId = null, isFresh = false, partOf, choices = {}, versionOf, branch = '' } = options;
      const picture = message.kind === 'image' ? message : null;
      insert.run({
        id: message.id,
        conversationId: message.conversationId,
        groupId: picture?.groupId ?? null,
        role: message.role,
        kind: message.kind,
        status: message.status,
        text: message.kind === 'text' ? message.text : '',
        prompt: picture?.prompt ?? null,
        params: picture ? JSON.stringify(picture.params) : replyChoicesColumn(choices),
        parentId: picture?.parentId ?? null,
        provider: message.provider,
        model: message.model,
        createdAt: message.createdAt,
        requestId,
        fresh: Number(isFresh),
        notes: notesColumn(picture?.notes),
        answerId: partOf?.requestId ?? null,
        answerShare: partOf?.shareMicroUsd ?? null,
        tile: tileColumn(picture?.tile),
        styles: message.kind === 'text' ? usedStylesColumn(message.styles) : null,
        branch: versionOf === undefined ? branch : message.id,
        versionOf: versionOf ?? null,
      });
    },
    setReplyChoices(id: string, choices: ReplyChoices): void {
      setReplyChoices.run({ id, params: replyChoicesColumn(choices) });
    },
    /** Puts a message back into the queue: it waits, without an error and without a request. */
    reset(id: string, at: number): void {
      reset.run({ id, at });
    },
    /** Marks that a request is about to leave. Returns whether the row was unfinished and no stop was requested. */
    begin(id: string, requestId: string, at: number): boolean {
      return begin.run({ id, requestId, at }).changes === 1;
    },
    /** Returns whether the row was unfinished. */
    requestStop(id: string): boolean {
      return requestStop.run(id).changes === 1;
    },
    /** Requests the end of everything in a conversation that has not begun. */
    requestStopOfWaiting(conversationId: string): void {
      requestStopOfWaiting.run(conversationId);
    },
    /**
     * Lets a picture wait until `retryAt` (UTC milliseconds) because of the error.
     *
     * @returns whether it was unfinished and had waited fewer than `maxPostponements` times.
     */
    postpone(id: string, reason: Reason, retryAt: number, maxPostponements: number, at: number): boolean {
      return postpone.run({ id, ...reasonColumns(reason), retryAt, maxPostponements, at }).changes === 1;
    },
    /**
     * Lets a picture wait until `retryAt` (UTC milliseconds) for the user's own limit. It has sent no request, so that
     * this is no postponement that counts.
     *
     * @returns whether it was pending.
     */
    waitForLimit(id: string, reason: Reason, retryAt: number, at: number): boolean {
      return waitForLimit.run({ id, ...reasonColumns(reason), retryAt, at }).changes === 1;
    },
    /** Stores the whole text of a reply so far. Returns whether the row was unfinished. */
    setStreaming(id: string, text: string, at: number): boolean {
      return setStreaming.run({ id, text, at }).changes === 1;
    },
    setProvider(id: string, provider: string, model: string | null): void {
      setProvider.run({ id, provider, model });
    },
    setParams(id: string, params: PictureParams): void {
      setParams.run({ id, params: JSON.stringify(params) });
    },
    setNotes(id: string, notes: readonly PictureNote[]): void {
      setNotes.run({ id, notes: notesColumn(notes) });
    },
    /** Returns whether the row was unfinished. Notes of another provider's attempt go. */
    setReady(id: string, picture: PictureResult, at: number): boolean {
      const { signature = null, ...rest } = picture;
      return setReady.run({ ...rest, id, signature, at }).changes === 1;
    },
    /** Returns whether the row was pending and the picture is in the gallery. */
    setReused(id: string, pictureId: string, at: number): boolean {
      return setReused.run({ id, pictureId, at }).changes === 1;
    },
    /** Returns whether the row was unfinished. */
    setReplied(id: string, text: string, at: number): boolean {
      return setReplied.run({ id, text, at }).changes === 1;
    },
    /** Returns whether the row was unfinished. */
    setEnded(
      id: string,
      status: MessageStatus,
      reason: Reason,
      at: number,
      details: FailureDetails | null = null,
    ): boolean {
      const json = details === null ? null : JSON.stringify(details);
      return setEnded.run({ id, status, ...reasonColumns(reason), details: json, at }).changes === 1;
    },
    /** Removes a failure from the conversation, or brings it back. */
    setDismissed(id: string, isDismissed: boolean): void {
      setDismissed.run({ id, dismissed: Number(isDismissed) });
    },
    /** Replaces the file of a picture in every message that shows it. */
    replaceFile(id: string, file: string, bytes: number): void {
      replaceFile.run({ id, file, bytes });
    },
  };
}
