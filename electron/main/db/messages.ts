// Reads the messages table: one row for each turn, and one for each picture.
import type { Database } from 'better-sqlite3';
import type { MessagePage } from '../../../shared/contract/chat';
import type { Message } from '../../../shared/domain/conversations';
import { type Columns, columnsOf } from './columns';
import { type MessageRow, messageColumns, messageTables, toMessage } from './message-rows';
import { prepareQuery } from './prepare-query';
import type { RowOf } from './tables';

/** The statuses of work that has not ended, as SQL. */
export const unfinishedStatuses = `('pending', 'generating', 'streaming')`;

/** Unfinished work as its row has it, with what decides whether it may begin. */
export type UnfinishedWork = {
  id: string;
  kind: 'text' | 'image';
  status: string;
  provider: string | null;
  /** Null if no request has begun, and no prefetched picture is taken over. */
  requestId: string | null;
  /** Whether the picture must be made even if the gallery has the same one. */
  isFresh: boolean;
  /** When a rate-limited picture is tried again, in UTC milliseconds. */
  retryAt: number | null;
  isStopRequested: boolean;
  /** Whether the conversation is in Trash: what has not begun must not begin. */
  isInTrash: boolean;
};

type UnfinishedRow = RowOf<
  'messages',
  'id' | 'kind' | 'status' | 'provider' | 'request_id' | 'retry_at' | 'stop_requested' | 'fresh'
> & {
  deleted_at: number | null;
};

const unfinishedColumns: Columns<UnfinishedRow> = {
  ...columnsOf(
    'messages',
    ['id', 'kind', 'status', 'provider', 'request_id', 'retry_at', 'stop_requested', 'fresh'],
    'm',
  ),
  deleted_at: 'c.deleted_at',
};

export function createMessageReads(database: Database) {
  const prepareMessages = <Values extends unknown[]>(rest: string) =>
    prepareQuery<Values, MessageRow>(
      database,
      messageColumns,
      (list) => `SELECT ${list} FROM ${messageTables} ${rest}`,
    );
  const find = prepareMessages<[string]>('WHERE m.id = ?');
  const page = prepareMessages<[{ conversationId: string; before: number; limit: number }]>(
    'WHERE m.conversation_id = @conversationId AND m.seq < @before ORDER BY m.seq DESC LIMIT @limit',
  );
  const pageAfter = prepareMessages<[{ conversationId: string; after: number; limit: number }]>(
    'WHERE m.conversation_id = @conversationId AND m.seq > @after ORDER BY m.seq LIMIT @limit',
  );
  const lastSeq = database
    .prepare<[string], number | null>('SELECT max(seq) FROM messages WHERE conversation_id = ?')
    .pluck();
  const unfinished = prepareQuery<[], UnfinishedRow>(
    database,
    unfinishedColumns,
    (list) => `SELECT ${list} FROM messages m JOIN conversations c ON c.id = m.conversation_id
               WHERE m.status IN ${unfinishedStatuses} ORDER BY m.rowid`,
  );
  const showing = prepareMessages<[{ pictureId: string }]>(
    'WHERE m.id = @pictureId OR m.picture_id = @pictureId ORDER BY m.rowid',
  );
  const imageFile = database
    .prepare<[string], string>('SELECT image_file FROM messages WHERE id = ? AND image_file IS NOT NULL')
    .pluck();
  const hasPicture = database
    .prepare<[string], number>(
      `SELECT 1 FROM messages
       WHERE conversation_id = ? AND (image_file IS NOT NULL OR picture_id IS NOT NULL) LIMIT 1`,
    )
    .pluck();
  const lastPicture = database
    .prepare<{ conversationId: string; before: number; among: number }, string>(
      `SELECT id FROM (SELECT id, image_file, picture_id FROM messages
                       WHERE conversation_id = @conversationId AND seq < @before
                       ORDER BY seq DESC LIMIT @among)
       WHERE image_file IS NOT NULL OR picture_id IS NOT NULL LIMIT 1`,
    )
    .pluck();
  const signature = database
    .prepare<[string], string | null>('SELECT thought_signature FROM messages WHERE id = ?')
    .pluck();
  const requestId = database
    .prepare<[string], string | null>('SELECT request_id FROM messages WHERE id = ?')
    .pluck();
  const answerId = database
    .prepare<[string], string | null>('SELECT answer_id FROM messages WHERE id = ?')
    .pluck();
  const count = database.prepare<[], number>('SELECT count(*) FROM messages').pluck();

  return {
    find(id: string): Message | undefined {
      const row = find.get(id);
      return row && toMessage(row);
    },
    /**
     * @param before a position in the conversation: only earlier messages are returned. Null for the latest.
     * @returns up to `limit` messages, in their order.
     */
    page(conversationId: string, before: number | null, limit: number): MessagePage {
      const rows = page.all({ conversationId, before: before ?? Number.MAX_SAFE_INTEGER, limit });
      return { messages: rows.reverse().map(toMessage), total: lastSeq.get(conversationId) ?? 0 };
    },
    /**
     * @param after a position in the conversation, or 0: only later messages are returned.
     * @returns up to `limit` messages, in their order.
     */
    pageAfter(conversationId: string, after: number, limit: number): MessagePage {
      const rows = pageAfter.all({ conversationId, after, limit });
      return { messages: rows.map(toMessage), total: lastSeq.get(conversationId) ?? 0 };
    },
    /** Returns all work that has not ended, in the order in which it was requested. */
    unfinished(): UnfinishedWork[] {
      return unfinished.all().map(toUnfinishedWork);
    },
    /** Returns every message that shows this picture: the one that produced it, and those that reuse it. */
    showing(pictureId: string): Message[] {
      return showing.all({ pictureId }).map(toMessage);
    },
    /** Returns the picture's path relative to the data folder. */
    imageFile(id: string): string | undefined {
      return imageFile.get(id);
    },
    /** Returns whether the conversation has a finished picture. */
    hasPicture(conversationId: string): boolean {
      return hasPicture.get(conversationId) !== undefined;
    },
    /** Returns the id of the last finished picture among the `among` messages before a position. */
    lastPicture(conversationId: string, before: number, among: number): string | undefined {
      return lastPicture.get({ conversationId, before, among });
    },
    /** Returns what the model expects to receive again when the picture is edited; null for nothing. */
    signature(id: string): string | null {
      return signature.get(id) ?? null;
    },
    /** Returns the request that an unfinished message waits for; null if none has begun. */
    requestId(id: string): string | null {
      return requestId.get(id) ?? null;
    },
    /** Returns the request whose answer this picture is a part of; null if it has a request of its own. */
    answerId(id: string): string | null {
      return answerId.get(id) ?? null;
    },
    count(): number {
      return count.get() ?? 0;
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
    isStopRequested: row.stop_requested === 1,
    isInTrash: row.deleted_at !== null,
  };
}
