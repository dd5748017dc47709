// The drafts table: one row per conversation, and one per edited message under the message's id. Write it in a batch,
// without a flush: the next key press saves the draft again.

import type { Database } from 'better-sqlite3';
import { type Draft, draftSchema } from '../../../shared/domain/draft';
import { parseJson } from '../../../shared/domain/parse-json';
import { columnsOf } from './columns';
import { prepareQuery } from './prepare-query';
import type { TableRow } from './tables';

export type StoredDraft = {
  conversationId: string;
  draft: Draft;
  /** Whether no message of its conversation was sent yet. */
  isNewChat: boolean;
};

export function createDraftReads(database: Database) {
  const all = prepareQuery<[], Pick<TableRow<'drafts'>, 'conversation_id' | 'draft'> & { is_new: number }>(
    database,
    {
      ...columnsOf('drafts', ['conversation_id', 'draft']),
      is_new: 'conversation_id NOT IN (SELECT id FROM conversations)',
    },
    // Ids begin with their time, so the latest new chat is the last.
    (list) =>
      `SELECT ${list} FROM drafts WHERE conversation_id NOT IN (SELECT id FROM messages) ORDER BY conversation_id`,
  );
  const ofEdits = prepareQuery<[], Pick<TableRow<'drafts'>, 'conversation_id' | 'draft'>>(
    database,
    columnsOf('drafts', ['conversation_id', 'draft']),
    (list) => `SELECT ${list} FROM drafts WHERE conversation_id IN (SELECT id FROM messages)`,
  );

  return {
    /** Returns every draft, also of conversations in Trash. Rows of another version that are not valid are left out. */
    all(): StoredDraft[] {
      return all.all().flatMap(({ conversation_id: conversationId, draft: json, is_new }) => {
        const draft = parse(json);
        return draft ? [{ conversationId, draft, isNewChat: is_new === 1 }] : [];
      });
    },
    /** Returns the unsent edits by the ids of their messages. */
    ofEdits(): Record<string, Draft> {
      return Object.fromEntries(
        ofEdits.all().flatMap(({ conversation_id: messageId, draft: json }) => {
          const draft = parse(json);
          return draft ? [[messageId, draft]] : [];
        }),
      );
    },
  };
}

export function createDraftWrites(database: Database) {
  const set = database.prepare<{ conversationId: string; questionId: string; draft: string }>(
    `INSERT INTO drafts (conversation_id, question_id, draft) VALUES (@conversationId, @questionId, @draft)
     ON CONFLICT (conversation_id) DO UPDATE SET question_id = excluded.question_id, draft = excluded.draft`,
  );
  const remove = database.prepare<[string]>('DELETE FROM drafts WHERE conversation_id = ?');
  const removeSent = database.prepare<[string]>('DELETE FROM drafts WHERE question_id = ?');

  return {
    /** Replaces the draft of a conversation, or of the message with that id; null removes it. */
    set(conversationId: string, draft: Draft | null): void {
      if (!draft) remove.run(conversationId);
      else set.run({ conversationId, questionId: draft.questionId, draft: JSON.stringify(draft) });
    },
    /** Removes the draft that was sent as this message, in any conversation. */
    removeSent(questionId: string): void {
      removeSent.run(questionId);
    },
  };
}

function parse(json: string): Draft | undefined {
  return draftSchema.safeParse(parseJson(json)).data;
}
