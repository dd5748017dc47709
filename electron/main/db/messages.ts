// The messages table: one row a turn, one row a picture.
import type { Database } from 'better-sqlite3';
import { type MessageMap, messagesPerMark } from '../../../shared/contract/chat';
import type { Message, MessageStatus } from '../../../shared/domain/conversations';
import type { ErrorCode } from '../../../shared/domain/errors';
import { type MessageRow, toMessage } from './message-rows';

/** The facts of a finished picture, as its row keeps them. */
export type PictureResult = {
  file: string;
  width: number;
  height: number;
  bytes: number;
  thumbhash: Uint8Array;
  /** What its model wants to see again when it is edited. */
  signature?: string | undefined;
};

/** Statuses of work that has not ended. */
const underWay = `('pending', 'generating', 'streaming')`;

export function createMessages(database: Database) {
  // A picture's time and cost live in the log; the newest attempt that made it is the one to show.
  // Whether a picture is in Trash or missing is the gallery's to say.
  const selected = `SELECT m.*, l.duration_ms, coalesce(l.cost_micro_usd, m.cost_micro_usd) AS cost_micro_usd,
      u.deleted_at AS trashed_at, u.missing_at
    FROM messages m LEFT JOIN user_images u ON u.id = coalesce(m.picture_id, m.id)
    LEFT JOIN image_generation_log l ON l.id = (
      SELECT id FROM image_generation_log WHERE message_id = m.id AND outcome = 'ready'
      ORDER BY id DESC LIMIT 1)`;
  const insert = database.prepare<[Record<string, string | number | null>]>(
    `INSERT INTO messages (id, conversation_id, group_id, role, kind, status, text, prompt, params,
                           parent_id, provider, model, created_at, updated_at)
     VALUES (@id, @conversationId, @groupId, @role, @kind, @status, @text, @prompt, @params,
             @parentId, @provider, @model, @createdAt, @createdAt)`,
  );
  const find = database.prepare<[string], MessageRow>(`${selected} WHERE m.id = ?`);
  const page = database.prepare<[string, string, number], MessageRow>(
    `${selected} WHERE m.conversation_id = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?`,
  );
  const following = database.prepare<[string, string, number], MessageRow>(
    `${selected} WHERE m.conversation_id = ? AND m.id > ? ORDER BY m.id LIMIT ?`,
  );
  // From the index alone: 16,384 ids are a few milliseconds.
  const marks = database.prepare<[string, string, number], { id: string; place: number }>(
    `SELECT id, place FROM (
       SELECT id, row_number() OVER () AS place, count(*) OVER () AS places
       FROM (SELECT id FROM messages WHERE conversation_id = ? AND id > ? ORDER BY id LIMIT ?))
     WHERE place % ${messagesPerMark} = 1 OR place = places`,
  );
  const unfinished = database.prepare<[], MessageRow>(
    `${selected} WHERE m.status IN ${underWay} ORDER BY m.id`,
  );
  const begin = database.prepare<[Record<string, string | number>]>(
    `UPDATE messages SET status = @status, error_code = NULL, error_message = NULL, retry_at = NULL, text = '',
                         waits = iif(@status = 'pending', 0, waits), updated_at = @at
     WHERE id = @id`,
  );
  const wait = database.prepare<[string, string, number, number, string, number]>(
    `UPDATE messages SET status = 'pending', error_code = ?, error_message = ?, retry_at = ?, waits = waits + 1,
                         updated_at = ?
     WHERE id = ? AND status IN ${underWay} AND waits < ?`,
  );
  const streaming = database.prepare<[string, number, string]>(
    `UPDATE messages SET status = 'streaming', text = ?, updated_at = ? WHERE id = ? AND status IN ${underWay}`,
  );
  const addCost = database.prepare<[number, string]>(
    'UPDATE messages SET cost_micro_usd = coalesce(cost_micro_usd, 0) + ? WHERE id = ?',
  );
  const setProvider = database.prepare<[string, string | null, string]>(
    'UPDATE messages SET provider = ?, model = ? WHERE id = ?',
  );
  const ready = database.prepare<[string, number, number, number, Uint8Array, string | null, number, string]>(
    `UPDATE messages SET status = 'ready', image_file = ?, width = ?, height = ?, bytes = ?, thumbhash = ?,
                         thought_signature = ?, error_code = NULL, error_message = NULL, retry_at = NULL,
                         updated_at = ?
     WHERE id = ? AND status IN ${underWay}`,
  );
  // In one statement with the look at the gallery: a picture that has just left it answers nothing.
  const reused = database.prepare<[number, string, string]>(
    `UPDATE messages SET status = 'ready', picture_id = u.id, image_file = u.file, width = u.width,
                         height = u.height, bytes = u.bytes, thumbhash = u.thumbhash, updated_at = ?
     FROM user_images u
     WHERE u.id = ? AND u.deleted_at IS NULL AND u.purged_at IS NULL
       AND messages.id = ? AND messages.status = 'pending'`,
  );
  const showing = database.prepare<[string, string], MessageRow>(
    `${selected} WHERE m.id = ? OR m.picture_id = ? ORDER BY m.id`,
  );
  const replied = database.prepare<[string, number, string]>(
    `UPDATE messages SET status = 'ready', text = ?, updated_at = ? WHERE id = ? AND status IN ${underWay}`,
  );
  const ended = database.prepare<[string, string, string, number, string]>(
    `UPDATE messages SET status = ?, error_code = ?, error_message = ?, retry_at = NULL, updated_at = ?
     WHERE id = ? AND status IN ${underWay}`,
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
    .prepare<[string, string, number], string>(
      `SELECT id FROM (SELECT id, image_file, picture_id FROM messages
                       WHERE conversation_id = ? AND id < ? ORDER BY id DESC LIMIT ?)
       WHERE image_file IS NOT NULL OR picture_id IS NOT NULL LIMIT 1`,
    )
    .pluck();
  const signature = database
    .prepare<[string], string | null>('SELECT thought_signature FROM messages WHERE id = ?')
    .pluck();
  const replaceFile = database.prepare<[string, number, string, string]>(
    `UPDATE messages SET image_file = ?, bytes = ?
     WHERE (id = ? OR picture_id = ?) AND image_file IS NOT NULL`,
  );
  const count = database.prepare<[], number>('SELECT count(*) FROM messages').pluck();

  return {
    insert(message: Message): void {
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
        params: picture ? JSON.stringify(picture.params) : null,
        parentId: picture?.parentId ?? null,
        provider: message.provider,
        model: message.model,
        createdAt: message.createdAt,
      });
    },
    find(id: string): Message | undefined {
      const row = find.get(id);
      return row && toMessage(row);
    },
    /**
     * @param before a message's id: only older ones. Null for the newest.
     * @returns up to `limit` messages, oldest first.
     */
    page(
      conversationId: string,
      before: string | null,
      limit: number,
    ): { messages: Message[]; hasMore: boolean } {
      // Ids are hexadecimal, so everything sorts below "g". One row more than asked for tells whether
      // there are older ones.
      const rows = page.all(conversationId, before ?? 'g', limit + 1);
      return { messages: rows.slice(0, limit).reverse().map(toMessage), hasMore: rows.length > limit };
    },
    /**
     * @param after a message's id, or '' for the very first: only newer ones.
     * @returns up to `limit` messages, oldest first.
     */
    pageAfter(
      conversationId: string,
      after: string,
      limit: number,
    ): { messages: Message[]; hasMore: boolean } {
      const rows = following.all(conversationId, after, limit + 1);
      return { messages: rows.slice(0, limit).map(toMessage), hasMore: rows.length > limit };
    },
    /**
     * Where everything is in a conversation, a piece at a time: see `MessageMap` in shared/ipc.ts.
     * @param after the `last` of the piece before, or ''.
     * @param limit how many messages a piece has; a multiple of `messagesPerMark`.
     */
    map(conversationId: string, after: string, limit: number): MessageMap {
      const found = marks.all(conversationId, after, limit);
      const last = found.at(-1);
      return {
        marks: found.filter(({ place }) => place % messagesPerMark === 1).map(({ id }) => id),
        count: last?.place ?? 0,
        last: last?.id ?? null,
        hasMore: last?.place === limit,
      };
    },
    /** @returns every message whose work has not ended, oldest first. */
    unfinished(): Message[] {
      return unfinished.all().map(toMessage);
    },
    /** Puts a message (back) into work: `pending` when it waits, `generating` when the request leaves. */
    begin(id: string, status: 'pending' | 'generating', at: number): void {
      begin.run({ id, status, at });
    },
    /**
     * Lets a picture wait until `retryAt` (UTC milliseconds), because of the error.
     * @returns whether it was under way and had waited less than `maxPostponements` times.
     */
    wait(
      id: string,
      error: { code: ErrorCode; message: string },
      retryAt: number,
      maxPostponements: number,
      at: number,
    ): boolean {
      return wait.run(error.code, error.message, retryAt, at, id, maxPostponements).changes === 1;
    },
    /** Keeps all of a reply's text so far. @returns whether the row was still waiting for it. */
    setStreaming(id: string, text: string, at: number): boolean {
      return streaming.run(text, at, id).changes === 1;
    },
    /** One more attempt at an answer has cost this much. */
    addCost(id: string, microUsd: number): void {
      addCost.run(microUsd, id);
    },
    setProvider(id: string, provider: string, model: string | null): void {
      setProvider.run(provider, model, id);
    },
    /** @returns whether the row was still waiting for this picture. */
    setReady(id: string, picture: PictureResult, at: number): boolean {
      const { file, width, height, bytes, thumbhash, signature } = picture;
      return ready.run(file, width, height, bytes, thumbhash, signature ?? null, at, id).changes === 1;
    },
    /** @returns whether the row was still waiting, and the picture still in the gallery. */
    setReused(id: string, pictureId: string, at: number): boolean {
      return reused.run(at, pictureId, id).changes === 1;
    },
    /** @returns every message that shows this picture: the one it was made for, and those that it answered later. */
    showing(pictureId: string): Message[] {
      return showing.all(pictureId, pictureId).map(toMessage);
    },
    /** @returns whether the row was still waiting for this reply. */
    setReplied(id: string, text: string, at: number): boolean {
      return replied.run(text, at, id).changes === 1;
    },
    /** @returns whether the row was still under way. */
    setEnded(id: string, status: MessageStatus, code: ErrorCode, message: string, at: number): boolean {
      return ended.run(status, code, message, at, id).changes === 1;
    },
    /** @returns the picture's path relative to the data folder. */
    imageFile(id: string): string | undefined {
      return imageFile.get(id);
    },
    /** @returns whether the conversation has a picture that was made. */
    hasPicture(conversationId: string): boolean {
      return hasPicture.get(conversationId) !== undefined;
    },
    /** @returns the id of the newest picture that was made among so many messages before this one. */
    lastPicture(conversationId: string, before: string, among: number): string | undefined {
      return lastPicture.get(conversationId, before, among);
    },
    /** @returns what the picture's model wants to see again when it is edited; null where it wants nothing. */
    signature(id: string): string | null {
      return signature.get(id) ?? null;
    },
    /** The same picture in another file, wherever it is shown. */
    replaceFile(id: string, file: string, bytes: number): void {
      replaceFile.run(file, bytes, id, id);
    },
    count(): number {
      return count.get() ?? 0;
    },
  };
}
