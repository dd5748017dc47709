// The suggestions table: texts that models wrote for the composer, until the user accepts or closes them.
import type { Database } from 'better-sqlite3';
import type { FailureDetails } from '../../../shared/domain/failure-details';
import {
  type Suggestion,
  suggestionKindSchema,
  suggestionStatusSchema,
} from '../../../shared/domain/suggestions';
import { type Columns, columnsOf } from './columns';
import { prepareQuery } from './prepare-query';
import { detailsOf, type Reason, readReason, reasonColumns } from './reasons';
import type { RowOf } from './tables';

const ownColumns = columnsOf('suggestions', [
  'id',
  'conversation_id',
  'kind',
  'status',
  'original',
  'image_id',
  'provider',
  'model',
  'text',
  'error_code',
  'error_message',
  'error_sentence',
  'closed',
  'error_details',
  'requested_at',
]);
type Row = RowOf<'suggestions', keyof typeof ownColumns> & { cost_micro_usd: number | null };

const columns: Columns<Row> = {
  ...ownColumns,
  cost_micro_usd: '(SELECT amount_micro_usd FROM charges WHERE id = suggestions.id)',
};

export type NewSuggestion = Pick<
  Suggestion,
  'id' | 'conversationId' | 'kind' | 'original' | 'imageId' | 'provider' | 'model' | 'requestedAt'
>;

/** How a request has ended. */
export type SuggestionEnd = {
  text: string;
  error: Reason | null;
  /** Null if nothing failed. */
  details: FailureDetails | null;
  isClosed: boolean;
};

export function createSuggestionReads(database: Database) {
  const query = <Values extends unknown[]>(rest: string) =>
    prepareQuery<Values, Row>(database, columns, (list) => `SELECT ${list} FROM suggestions ${rest}`);
  const find = query<[string]>('WHERE id = ?');
  const open = query<[string]>('WHERE conversation_id = ? AND closed = 0 ORDER BY id');
  const running = query<[]>(`WHERE status = 'running' ORDER BY id`);
  const orphans = query<[]>(
    `WHERE closed = 0 AND conversation_id NOT IN (SELECT id FROM conversations)
       AND conversation_id NOT IN (SELECT conversation_id FROM drafts) ORDER BY id`,
  );

  return {
    find(id: string): Suggestion | undefined {
      return toSuggestions(find.all(id))[0];
    },
    /** Returns a conversation's open suggestions, the oldest first. */
    openIn: (conversationId: string): Suggestion[] => toSuggestions(open.all(conversationId)),
    /** Returns those whose requests have not ended, as far as the rows say. */
    running: (): Suggestion[] => toSuggestions(running.all()),
    /** Returns open suggestions of new chats that were discarded because they had no other content. */
    orphans: (): Suggestion[] => toSuggestions(orphans.all()),
  };
}

export function createSuggestionWrites(database: Database) {
  const insert = database.prepare<[NewSuggestion]>(
    `INSERT INTO suggestions (id, conversation_id, kind, status, original, image_id, provider, model, requested_at)
     VALUES (@id, @conversationId, @kind, 'running', @original, @imageId, @provider, @model, @requestedAt)`,
  );
  const setArrived = database.prepare<{ id: string; text: string }>(
    `UPDATE suggestions SET text = @text WHERE id = @id AND status = 'running'`,
  );
  const setEdited = database.prepare<{ id: string; text: string }>(
    `UPDATE suggestions SET text = @text WHERE id = @id AND status <> 'running'`,
  );
  const end = database.prepare<{
    id: string;
    status: string;
    text: string;
    code: string | null;
    message: string | null;
    sentence: string | null;
    details: string | null;
    closed: number;
  }>(
    `UPDATE suggestions SET status = @status, text = @text, error_code = @code, error_message = @message,
                            error_sentence = @sentence, error_details = @details, closed = @closed
     WHERE id = @id AND status = 'running'`,
  );
  const setClosed = database.prepare<{ id: string; closed: number }>(
    `UPDATE suggestions SET closed = @closed WHERE id = @id AND status <> 'running'`,
  );
  const closeEmpty = database.prepare<[string]>(
    `UPDATE suggestions SET closed = 1 WHERE conversation_id = ? AND status = 'failed' AND text = ''`,
  );
  const move = database.prepare<{ id: string; conversationId: string }>(
    'UPDATE suggestions SET conversation_id = @conversationId WHERE id = @id',
  );
  const removeClosed = database.prepare('DELETE FROM suggestions WHERE closed = 1');

  return {
    /** Call it in the transaction that opens the charge of its request. */
    insert(suggestion: NewSuggestion): void {
      insert.run(suggestion);
    },
    /** Keeps the text that has arrived so far. */
    setArrived(id: string, text: string): void {
      setArrived.run({ id, text });
    },
    /** Saves the text as edited by the user. @returns false if there is no such suggestion, or it has not ended. */
    setEdited: (id: string, text: string): boolean => setEdited.run({ id, text }).changes === 1,
    /** Ends a request. @returns false if it had ended before or is gone. */
    end(id: string, { text, error, details, isClosed }: SuggestionEnd): boolean {
      const reason = error ? reasonColumns(error) : { code: null, message: null, sentence: null };
      const status = error ? 'failed' : 'ready';
      const json = details === null ? null : JSON.stringify(details);
      return end.run({ id, status, text, ...reason, details: json, closed: Number(isClosed) }).changes === 1;
    },
    setClosed(id: string, isClosed: boolean): void {
      setClosed.run({ id, closed: Number(isClosed) });
    },
    /** Closes failed suggestions without a text, because the user is asking again. */
    closeEmpty(conversationId: string): void {
      closeEmpty.run(conversationId);
    },
    /** Gives a suggestion to another conversation. */
    move(id: string, conversationId: string): void {
      move.run({ id, conversationId });
    },
    removeClosed(): void {
      removeClosed.run();
    },
  };
}

/** Leaves out rows of another version. */
function toSuggestions(rows: readonly Row[]): Suggestion[] {
  return rows.flatMap((row) => {
    const kind = suggestionKindSchema.safeParse(row.kind);
    const status = suggestionStatusSchema.safeParse(row.status);
    if (!kind.success || !status.success) return [];
    const { id, original, provider, model, text } = row;
    return {
      ...{ id, original, provider, model, text, kind: kind.data, status: status.data },
      conversationId: row.conversation_id,
      imageId: row.image_id,
      error: readReason(row),
      ...detailsOf(row),
      requestedAt: row.requested_at,
      costMicroUsd: row.cost_micro_usd,
      isClosed: row.closed === 1,
    };
  });
}
