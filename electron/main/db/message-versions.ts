// Reads and writes which versions of a conversation's messages are shown. See shared/domain/message-path.ts.
import type { Database } from 'better-sqlite3';
import {
  choicesTo,
  type Fork,
  type MessagePath,
  type PathPart,
  pathTo,
  type ShownPath,
  shownPathOf,
} from '../../../shared/domain/message-path';
import type { Columns } from './columns';
import { prepareQuery } from './prepare-query';
import { unfinishedStatuses } from './unfinished-statuses';

/** Columns and names are the same. A version's original has a position, because it was stored before. */
const forkColumns: Columns<Fork> = {
  id: 'v.id',
  original: 'o.id',
  branch: 'o.branch',
  seq: 'o.seq',
  chosen: 'o.chosen_version',
  revision: 'o.revision',
};

/** The position of a message. */
export type Placed = { conversationId: string; branch?: string | undefined; seq: number };

export function createMessageVersionReads(database: Database) {
  const forks = prepareQuery<[string], Fork>(
    database,
    forkColumns,
    (list) => `SELECT ${list} FROM messages v JOIN messages o ON o.id = v.version_of
               WHERE v.conversation_id = ? AND v.version_of IS NOT NULL ORDER BY v.rowid`,
  );
  const original = database
    .prepare<[string], string>('SELECT coalesce(version_of, id) FROM messages WHERE id = ?')
    .pluck();

  return {
    /** Returns the path that is shown. */
    shownPath(conversationId: string): ShownPath {
      return shownPathOf(forks.all(conversationId));
    },
    /** Returns the path that leads to a message, and ends before it. */
    pathTo(message: Placed): MessagePath {
      return pathTo(message, forks.all(message.conversationId));
    },
    /** Returns the first version of a message: the message itself if it is the only one. */
    original(id: string): string | undefined {
      return original.get(id);
    },
    /** Returns the versions to choose, by original, so that a message is shown. */
    choicesTo(message: Placed): Map<string, string | null> {
      return choicesTo(message, forks.all(message.conversationId));
    },
  };
}

export function createMessageVersionWrites(database: Database) {
  const choose = database.prepare<{ original: string; version: string | null }>(
    'UPDATE messages SET chosen_version = @version WHERE id = @original',
  );
  // Selects by status first, because few messages are unfinished even in a long conversation.
  const stopReplaced = database.prepare<PathPart & { conversationId: string; from: number }>(
    `UPDATE messages SET stop_requested = 1
     WHERE status IN ${unfinishedStatuses} AND (status = 'pending' OR kind = 'text') AND +conversation_id = @conversationId AND +branch = @branch
       AND seq >= @from AND (@until IS NULL OR seq < @until)`,
  );

  return {
    /** @param version null shows the original. */
    choose(original: string, version: string | null): void {
      choose.run({ original, version });
    },
    /** Requests a stop of replies and of pictures that have not begun, in these parts, from a position on. */
    stopReplaced(conversationId: string, parts: readonly PathPart[], from: number): void {
      for (const part of parts) stopReplaced.run({ ...part, conversationId, from });
    },
  };
}
