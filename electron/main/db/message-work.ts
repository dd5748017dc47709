// The messages table as a work queue: unfinished rows, their progress and their results. Most functions change only
// unfinished rows, and return whether they did.
import type { Database } from 'better-sqlite3';
import type { MessageStatus } from '../../../shared/domain/conversations';
import type { FailureDetails } from '../../../shared/domain/failure-details';
import { type Columns, columnsOf } from './columns';
import { prepareQuery } from './prepare-query';
import { type Reason, reasonColumns } from './reasons';
import type { RowOf } from './tables';
import { unfinishedStatuses } from './unfinished-statuses';

/** A row of unfinished work, with the columns that decide whether it may begin. */
export type UnfinishedWork = {
  id: string;
  kind: 'text' | 'image';
  status: string;
  provider: string | null;
  /** Null if no request has begun and no prefetch was taken over. */
  requestId: string | null;
  /** Whether the picture must be made even if the gallery has the same one. */
  isFresh: boolean;
  /** When a rate-limited picture is tried again, in UTC milliseconds. */
  retryAt: number | null;
  /** Whether it waits for the user's own limit per minute, and not for its provider. */
  waitsForLimit: boolean;
  isStopRequested: boolean;
  /** Whether the conversation is in Trash, where nothing may begin. */
  isInTrash: boolean;
};

/** A picture that waits for the user's limit per minute. `retryAt`: when it may begin (UTC milliseconds). */
export type LimitSlot = { id: string; retryAt: number };

type UnfinishedRow = RowOf<
  'messages',
  | 'id'
  | 'kind'
  | 'status'
  | 'provider'
  | 'request_id'
  | 'retry_at'
  | 'error_code'
  | 'stop_requested'
  | 'fresh'
> & {
  deleted_at: number | null;
};

const unfinishedColumns: Columns<UnfinishedRow> = {
  ...columnsOf(
    'messages',
    ['id', 'kind', 'status', 'provider', 'request_id', 'retry_at', 'error_code', 'stop_requested', 'fresh'],
    'm',
  ),
  deleted_at: 'c.deleted_at',
};

/** The facts of a finished picture, as its row keeps them. */
export type PictureResult = {
  file: string;
  width: number;
  height: number;
  bytes: number;
  thumbhash: Uint8Array;
  /** The service that made it. */
  provider: string;
  model: string;
  /** Opaque data that the model expects back when the picture is edited. */
  signature?: string | undefined;
};

/** Creates the reads of work that has not ended. */
export function createMessageWorkReads(database: Database) {
  const unfinished = prepareQuery<[], UnfinishedRow>(
    database,
    unfinishedColumns,
    (list) => `SELECT ${list} FROM messages m JOIN conversations c ON c.id = m.conversation_id
               WHERE m.status IN ${unfinishedStatuses} ORDER BY m.rowid`,
  );
  const limitSlots = prepareQuery<[{ provider: string; before: string }], LimitSlot>(
    database,
    { id: 'm.id', retryAt: 'm.retry_at' },
    (list) => `SELECT ${list} FROM messages m JOIN conversations c ON c.id = m.conversation_id
               WHERE m.status IN ${unfinishedStatuses} AND m.status = 'pending' AND m.error_code = 'limit_minute' AND m.retry_at IS NOT NULL
                 AND m.provider = @provider AND m.stop_requested = 0 AND c.deleted_at IS NULL
                 AND m.rowid < coalesce((SELECT rowid FROM messages WHERE id = @before), m.rowid + 1)`,
  );
  const requestId = database
    .prepare<[string], string | null>('SELECT request_id FROM messages WHERE id = ?')
    .pluck();
  const stopRequested = database
    .prepare<[string], number>('SELECT stop_requested FROM messages WHERE id = ?')
    .pluck();

  return {
    /** Returns all work that has not ended, in the order in which it was requested. */
    unfinished(): UnfinishedWork[] {
      return unfinished.all().map(toUnfinishedWork);
    },
    /** Returns the pictures that wait for the user's limit per minute, and were requested before this one. */
    limitSlots(provider: string, before: string): LimitSlot[] {
      return limitSlots.all({ provider, before });
    },
    /** Returns the request that an unfinished message waits for; null if none has begun. */
    requestId(id: string): string | null {
      return requestId.get(id) ?? null;
    },
    /** Returns whether the user has requested a stop; the work may have ended by itself. */
    isStopRequested: (id: string): boolean => stopRequested.get(id) === 1,
  };
}

/** Creates the writes of work: how it begins, waits, goes on and ends. */
export function createMessageWorkWrites(database: Database) {
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

  return {
    /** Puts a message back into the queue: it waits, without an error and without a request. */
    reset(id: string, at: number): void {
      reset.run({ id, at });
    },
    /** Records that a request is about to be sent. Returns false if the row was finished or a stop was requested. */
    begin(id: string, requestId: string, at: number): boolean {
      return begin.run({ id, requestId, at }).changes === 1;
    },
    /** Returns whether the row was unfinished. */
    requestStop(id: string): boolean {
      return requestStop.run(id).changes === 1;
    },
    /** Requests a stop of all work in a conversation that has not begun. */
    requestStopOfWaiting(conversationId: string): void {
      requestStopOfWaiting.run(conversationId);
    },
    /**
     * Postpones a picture until `retryAt` (UTC milliseconds) because of an error.
     *
     * @returns whether it was unfinished and had waited fewer than `maxPostponements` times.
     */
    postpone(id: string, reason: Reason, retryAt: number, maxPostponements: number, at: number): boolean {
      return postpone.run({ id, ...reasonColumns(reason), retryAt, maxPostponements, at }).changes === 1;
    },
    /**
     * Postpones a picture until `retryAt` (UTC milliseconds) because of the user's own limit. Does not count as a
     * postponement, because no request was sent.
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
  };
}

function toUnfinishedWork(row: UnfinishedRow): UnfinishedWork {
  return {
    id: row.id,
    kind: row.kind === 'image' ? 'image' : 'text',
    status: row.status,
    provider: row.provider,
    requestId: row.request_id,
    isFresh: row.fresh === 1,
    retryAt: row.retry_at,
    waitsForLimit: row.retry_at !== null && row.error_code === 'limit_minute',
    isStopRequested: row.stop_requested === 1,
    isInTrash: row.deleted_at !== null,
  };
}
