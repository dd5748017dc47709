// Writes to the messages table: new rows, and changes other than the progress of work.
import type { Database } from 'better-sqlite3';
import type { NewMessage } from '../../../shared/domain/conversations';
import type { PictureParams } from '../../../shared/domain/models';
import type { PictureNote } from '../../../shared/domain/picture-notes';
import { createMessageVersionWrites } from './message-versions';
import { createMessageWorkWrites } from './message-work';
import { notesColumn } from './picture-notes';
import { tileColumn } from './picture-tiles';
import { type ReplyChoices, replyChoicesColumn } from './reply-choices';
import type { RowOf } from './tables';
import { unfinishedStatuses } from './unfinished-statuses';
import { usedStylesColumn } from './used-styles';

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

/** Columns of a new row besides those of the message itself. */
export type NewMessageOptions = {
  /** The prefetched picture that it takes over. */
  requestId?: string | null;
  /** The picture must be made even if the gallery has the same one. */
  isFresh?: boolean;
  /** The request whose answer a picture is a part of, and its share of that request's charge; null if unknown. */
  partOf?: { requestId: string; shareMicroUsd: number | null };
  /** For a reply: the user's choices for pictures that it may request. */
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
    ...createMessageWorkWrites(database),
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
    setProvider(id: string, provider: string, model: string | null): void {
      setProvider.run({ id, provider, model });
    },
    setParams(id: string, params: PictureParams): void {
      setParams.run({ id, params: JSON.stringify(params) });
    },
    setNotes(id: string, notes: readonly PictureNote[]): void {
      setNotes.run({ id, notes: notesColumn(notes) });
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
