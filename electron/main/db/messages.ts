// Reads the messages table: one row for each turn, and one for each picture.
import type { Database } from 'better-sqlite3';
import type { MessagePage } from '../../../shared/contract/chat';
import type { Message } from '../../../shared/domain/conversations';
import {
  isOnPath,
  type MessagePath,
  type PathPart,
  type ShownPath,
} from '../../../shared/domain/message-path';
import { type MessageRow, messageColumns, messageTables, toMessage } from './message-rows';
import { createMessageVersionReads, type Placed } from './message-versions';
import { createMessageWorkReads } from './message-work';
import { prepareQuery } from './prepare-query';
import { type ReplyChoices, readReplyChoices } from './reply-choices';
import { unfinishedStatuses } from './unfinished-statuses';

/** Greater than every position. */
const end = Number.MAX_SAFE_INTEGER;

/** A part of a path, as the statements read it. */
type Part = { conversationId: string; branch: string; before: number };

/** Returns the parts of a path before a position, last part first, each with the position at which it ends. */
function partsBefore(path: MessagePath, position: number): (PathPart & { until: number })[] {
  return path
    .map(({ branch, until }, index) => ({
      branch,
      from: path[index - 1]?.until ?? 0,
      until: Math.min(position, until ?? end),
    }))
    .filter(({ from }) => from < position)
    .reverse();
}

export function createMessageReads(database: Database) {
  const prepareMessages = <Values extends unknown[]>(rest: string) =>
    prepareQuery<Values, MessageRow>(
      database,
      messageColumns,
      (list) => `SELECT ${list} FROM ${messageTables} ${rest}`,
    );
  const find = prepareMessages<[string]>('WHERE m.id = ?');
  const pageBefore = prepareMessages<[Part & { limit: number }]>(
    `WHERE m.conversation_id = @conversationId AND m.branch = @branch AND m.seq < @before
     ORDER BY m.seq DESC LIMIT @limit`,
  );
  const pageAfter = prepareMessages<[Part & { after: number; limit: number }]>(
    `WHERE m.conversation_id = @conversationId AND m.branch = @branch AND m.seq > @after AND m.seq < @before
     ORDER BY m.seq LIMIT @limit`,
  );
  /** The plus sign makes SQLite use the index of unfinished rows, which are few, and not the conversation's. */
  const unfinishedIn = prepareMessages<[{ conversationId: string }]>(
    `WHERE m.status IN ${unfinishedStatuses} AND +m.conversation_id = @conversationId ORDER BY m.seq`,
  );
  const lastSeq = database
    .prepare<[Part], number | null>(
      'SELECT max(seq) FROM messages WHERE conversation_id = @conversationId AND branch = @branch AND seq < @before',
    )
    .pluck();
  const showing = prepareMessages<[{ pictureId: string }]>(
    'WHERE m.id = @pictureId OR m.picture_id = @pictureId ORDER BY m.rowid',
  );
  const imageFile = database
    .prepare<[string], string>('SELECT image_file FROM messages WHERE id = ? AND image_file IS NOT NULL')
    .pluck();
  const hasPicture = database
    .prepare<[Part], number>(
      `SELECT 1 FROM messages
       WHERE conversation_id = @conversationId AND branch = @branch AND seq < @before
         AND (image_file IS NOT NULL OR picture_id IS NOT NULL) LIMIT 1`,
    )
    .pluck();
  const lastPicture = database
    .prepare<[Part & { among: number }], string>(
      `SELECT id FROM (SELECT id, image_file, picture_id FROM messages
                       WHERE conversation_id = @conversationId AND branch = @branch AND seq < @before
                       ORDER BY seq DESC LIMIT @among)
       WHERE image_file IS NOT NULL OR picture_id IS NOT NULL LIMIT 1`,
    )
    .pluck();
  const signature = database
    .prepare<[string], string | null>('SELECT thought_signature FROM messages WHERE id = ?')
    .pluck();
  const replyChoices = database
    .prepare<[string], string | null>(`SELECT params FROM messages WHERE id = ? AND kind = 'text'`)
    .pluck();
  const answerId = database
    .prepare<[string], string | null>('SELECT answer_id FROM messages WHERE id = ?')
    .pluck();
  const count = database.prepare<[], number>('SELECT count(*) FROM messages').pluck();

  const versions = createMessageVersionReads(database);

  /** Returns up to `limit` messages before a position of a path, in their order. */
  function before(conversationId: string, path: MessagePath, position: number, limit: number): Message[] {
    const rows: MessageRow[] = [];
    for (const { branch, until } of partsBefore(path, position)) {
      if (rows.length >= limit) break;
      rows.push(...pageBefore.all({ conversationId, branch, before: until, limit: limit - rows.length }));
    }
    return rows.reverse().map(toMessage);
  }

  function after(conversationId: string, path: MessagePath, position: number, limit: number): Message[] {
    const rows: MessageRow[] = [];
    for (const { branch, until } of path) {
      if (rows.length >= limit) break;
      if (until !== null && until <= position + 1) continue;
      const part = { conversationId, branch, before: until ?? end };
      rows.push(...pageAfter.all({ ...part, after: position, limit: limit - rows.length }));
    }
    return rows.map(toMessage);
  }

  /** Returns the position of the last message of a path; 0 if there is none. */
  function lastOf(conversationId: string, path: MessagePath): number {
    for (const { branch, until } of path.toReversed()) {
      const last = lastSeq.get({ conversationId, branch, before: until ?? end });
      if (typeof last === 'number') return last;
    }
    return 0;
  }

  function pageOf(conversationId: string, shown: ShownPath, messages: Message[]): MessagePage {
    const total = lastOf(conversationId, shown.path);
    return { messages, total, ...(shown.choice > 0 && { shown }) };
  }

  return {
    ...versions,
    ...createMessageWorkReads(database),
    find(id: string): Message | undefined {
      const row = find.get(id);
      return row && toMessage(row);
    },
    /**
     * Reads the path that is shown.
     *
     * @param position in the conversation: only earlier messages are returned. Null for the latest, which come with
     *   the unfinished ones before them.
     * @returns up to `limit` messages, in their order.
     */
    page(conversationId: string, position: number | null, limit: number): MessagePage {
      const shown = versions.shownPath(conversationId);
      const page = pageOf(conversationId, shown, before(conversationId, shown.path, position ?? end, limit));
      const first = page.messages[0]?.seq ?? 0;
      const unfinished = position === null ? unfinishedIn.all({ conversationId }).map(toMessage) : [];
      const earlier = unfinished.filter((message) => message.seq < first && isOnPath(shown.path, message));
      return { ...page, ...(earlier.length > 0 && { unfinished: earlier }) };
    },
    /**
     * Reads the path that is shown.
     *
     * @param position in the conversation, or 0: only later messages are returned.
     * @returns up to `limit` messages, in their order.
     */
    pageAfter(conversationId: string, position: number, limit: number): MessagePage {
      const shown = versions.shownPath(conversationId);
      return pageOf(conversationId, shown, after(conversationId, shown.path, position, limit));
    },
    /** Returns up to `limit` messages that lead to a message, in their order, whichever versions are shown. */
    before(message: Placed, limit: number): Message[] {
      return before(message.conversationId, versions.pathTo(message), message.seq, limit);
    },
    /** Returns up to `limit` messages that follow a message in its own branch. */
    after({ conversationId, branch = '', seq }: Placed, limit: number): Message[] {
      return after(conversationId, [{ branch, until: null }], seq, limit);
    },
    /** Returns every message that shows this picture: the one that produced it, and those that reuse it. */
    showing(pictureId: string): Message[] {
      return showing.all({ pictureId }).map(toMessage);
    },
    /** Returns the picture's path relative to the data folder. */
    imageFile(id: string): string | undefined {
      return imageFile.get(id);
    },
    /** Returns whether the shown path of the conversation has a finished picture. */
    hasPicture(conversationId: string): boolean {
      return versions
        .shownPath(conversationId)
        .path.some(
          ({ branch, until }) =>
            hasPicture.get({ conversationId, branch, before: until ?? end }) !== undefined,
        );
    },
    /** Returns the id of the last finished picture among the `among` messages that lead to a message. */
    lastPicture(message: Placed, among: number): string | undefined {
      const { conversationId, seq } = message;
      for (const { branch, until } of partsBefore(versions.pathTo(message), seq)) {
        // Positions are consecutive, so this is the number of messages in between.
        const left = among - (seq - until);
        if (left <= 0) return undefined;
        const id = lastPicture.get({ conversationId, branch, before: until, among: left });
        if (id !== undefined) return id;
      }
      return undefined;
    },
    /** Returns the opaque data that the model expects back when the picture is edited; null if there is none. */
    signature(id: string): string | null {
      return signature.get(id) ?? null;
    },
    /** Returns what the user chose for the pictures that a reply may request. */
    replyChoices(id: string): ReplyChoices {
      return readReplyChoices(replyChoices.get(id) ?? null);
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
