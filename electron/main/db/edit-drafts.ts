// The edit_drafts table: unsent edits of pictures. Also tells which masks are in use.

import type { Database } from 'better-sqlite3';
import { type EditDraft, type Frame, frameSchema } from '../../../shared/domain/edits';
import { parseJson } from '../../../shared/domain/parse-json';
import { columnsOf } from './columns';
import { prepareQuery } from './prepare-query';
import type { RowOf } from './tables';

const columns = columnsOf('edit_drafts', ['image_id', 'mask_id', 'frame', 'words']);
type Row = RowOf<'edit_drafts', keyof typeof columns>;

/** Matches the condition and the expression of the partial index: see the migration. */
const namesMask = (table: string) =>
  `SELECT 1 FROM ${table} WHERE instr(params, '"mask"') > 0
     AND CASE WHEN json_valid(params) THEN params ->> '$.edit.mask' END = @maskId`;

export function createEditDraftReads(database: Database) {
  const find = prepareQuery<[string], Row>(
    database,
    columns,
    (list) => `SELECT ${list} FROM edit_drafts WHERE image_id = ?`,
  );
  const isSent = database
    .prepare<{ maskId: string }, number>(
      `SELECT 1 WHERE EXISTS (${namesMask('messages')}) OR EXISTS (${namesMask('user_images')})`,
    )
    .pluck();
  const isInDraft = database
    .prepare<[string], number>('SELECT 1 FROM edit_drafts WHERE mask_id = ? LIMIT 1')
    .pluck();

  return {
    find(imageId: string): EditDraft | undefined {
      const row = find.get(imageId);
      return row && { imageId, mask: row.mask_id, frame: readFrame(row.frame), words: row.words };
    },
    /** Returns whether the parameters of a message or of a picture name this mask. */
    isMaskSent(maskId: string): boolean {
      return isSent.get({ maskId }) !== undefined;
    },
    /** Returns whether the mask's file is needed: by a draft, a message or a picture. */
    isMaskUsed(maskId: string): boolean {
      return isInDraft.get(maskId) !== undefined || isSent.get({ maskId }) !== undefined;
    },
  };
}

export function createEditDraftWrites(database: Database) {
  const set = database.prepare<Omit<EditDraft, 'frame'> & { frame: string | null }>(
    `INSERT INTO edit_drafts (image_id, mask_id, frame, words) VALUES (@imageId, @mask, @frame, @words)
     ON CONFLICT (image_id)
       DO UPDATE SET mask_id = excluded.mask_id, frame = excluded.frame, words = excluded.words`,
  );
  const remove = database.prepare<[string]>('DELETE FROM edit_drafts WHERE image_id = ?');
  const removeSame = database.prepare<{ imageId: string; mask: string | null; frame: string | null }>(
    'DELETE FROM edit_drafts WHERE image_id = @imageId AND mask_id IS @mask AND frame IS @frame',
  );

  return {
    /** Replaces the draft of a picture. Call in a batch, without a flush: the next stroke saves it again. */
    set(draft: EditDraft): void {
      set.run({ ...draft, frame: frameText(draft.frame) });
    },
    remove(imageId: string): void {
      remove.run(imageId);
    },
    /** Removes the draft of a picture unless it has changed since it was sent. */
    removeSame({ imageId, mask, frame }: Pick<EditDraft, 'imageId' | 'mask' | 'frame'>): void {
      removeSame.run({ imageId, mask, frame: frameText(frame) });
    },
  };
}

/** Its fields have one order, so that equal frames are equal texts. */
function frameText(frame: Frame | null): string | null {
  if (!frame) return null;
  const { left, top, right, bottom } = frame;
  return JSON.stringify({ left, top, right, bottom });
}

function readFrame(json: string | null): Frame | null {
  return frameSchema.safeParse(parseJson(json)).data ?? null;
}
