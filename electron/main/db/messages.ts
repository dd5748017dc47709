// Reads the messages table: one row for each turn, and one for each picture.
import type { Database } from 'better-sqlite3';
import { type MessageMap, messagesPerMark } from '../../../shared/contract/chat';
import type { Message } from '../../../shared/domain/conversations';
import { type MessageRow, messageColumns, messageTables, toMessage } from './message-rows';
import { prepareQuery } from './prepare-query';

/** The statuses of work that has not ended, as SQL. */
export const unfinishedStatuses = `('pending', 'generating', 'streaming')`;

type Page = { messages: Message[]; hasMore: boolean };

export function createMessageReads(database: Database) {
  const prepareMessages = <Values extends unknown[]>(rest: string) =>
    prepareQuery<Values, MessageRow>(
      database,
      messageColumns,
      (list) => `SELECT ${list} FROM ${messageTables} ${rest}`,
    );
  const find = prepareMessages<[string]>('WHERE m.id = ?');
  const page = prepareMessages<[{ conversationId: string; before: string; limit: number }]>(
    'WHERE m.conversation_id = @conversationId AND m.id < @before ORDER BY m.id DESC LIMIT @limit',
  );
  const pageAfter = prepareMessages<[{ conversationId: string; after: string; limit: number }]>(
    'WHERE m.conversation_id = @conversationId AND m.id > @after ORDER BY m.id LIMIT @limit',
  );
  const unfinished = prepareMessages<[]>(`WHERE m.status IN ${unfinishedStatuses} ORDER BY m.id`);
  const showing = prepareMessages<[{ pictureId: string }]>(
    'WHERE m.id = @pictureId OR m.picture_id = @pictureId ORDER BY m.id',
  );
  // The index alone answers this: 16,384 ids take a few milliseconds.
  const marks = prepareQuery<
    [{ conversationId: string; after: string; limit: number }],
    { id: string; place: number }
  >(
    database,
    { id: 'id', place: 'place' },
    (list) => `SELECT ${list} FROM (
       SELECT id, row_number() OVER () AS place, count(*) OVER () AS places
       FROM (SELECT id FROM messages WHERE conversation_id = @conversationId AND id > @after
             ORDER BY id LIMIT @limit))
     WHERE place % ${messagesPerMark} = 1 OR place = places`,
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
    .prepare<{ conversationId: string; before: string; among: number }, string>(
      `SELECT id FROM (SELECT id, image_file, picture_id FROM messages
                       WHERE conversation_id = @conversationId AND id < @before
                       ORDER BY id DESC LIMIT @among)
       WHERE image_file IS NOT NULL OR picture_id IS NOT NULL LIMIT 1`,
    )
    .pluck();
  const signature = database
    .prepare<[string], string | null>('SELECT thought_signature FROM messages WHERE id = ?')
    .pluck();
  const count = database.prepare<[], number>('SELECT count(*) FROM messages').pluck();

  return {
    find(id: string): Message | undefined {
      const row = find.get(id);
      return row && toMessage(row);
    },
    /**
     * @param before a message's id: only older messages are returned. Null for the newest.
     * @returns up to `limit` messages, oldest first.
     */
    page(conversationId: string, before: string | null, limit: number): Page {
      // Ids are hexadecimal, so all of them sort below "g". One more row than requested shows whether there are
      // older messages.
      const rows = page.all({ conversationId, before: before ?? 'g', limit: limit + 1 });
      return { messages: rows.slice(0, limit).reverse().map(toMessage), hasMore: rows.length > limit };
    },
    /**
     * @param after a message's id, or '' for the first page: only newer messages are returned.
     * @returns up to `limit` messages, oldest first.
     */
    pageAfter(conversationId: string, after: string, limit: number): Page {
      const rows = pageAfter.all({ conversationId, after, limit: limit + 1 });
      return { messages: rows.slice(0, limit).map(toMessage), hasMore: rows.length > limit };
    },
    /**
     * Returns one part of the map of a conversation: see `MessageMap` in shared/contract/chat.ts.
     *
     * @param after the `last` of the previous part, or ''.
     * @param limit how many messages a part has; a multiple of `messagesPerMark`.
     */
    map(conversationId: string, after: string, limit: number): MessageMap {
      const found = marks.all({ conversationId, after, limit });
      const last = found.at(-1);
      return {
        marks: found.filter(({ place }) => place % messagesPerMark === 1).map(({ id }) => id),
        count: last?.place ?? 0,
        last: last?.id ?? null,
        hasMore: last?.place === limit,
      };
    },
    /** Returns every message whose work has not ended, oldest first. */
    unfinished(): Message[] {
      return unfinished.all().map(toMessage);
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
    /** Returns the id of the newest finished picture among the `among` messages before this one. */
    lastPicture(conversationId: string, before: string, among: number): string | undefined {
      return lastPicture.get({ conversationId, before, among });
    },
    /** Returns what the model expects to receive again when the picture is edited; null for nothing. */
    signature(id: string): string | null {
      return signature.get(id) ?? null;
    },
    count(): number {
      return count.get() ?? 0;
    },
  };
}
