// Reads how a picture was made, from the gallery, its message and the log; and the row that an export needs.
import type { Database } from 'better-sqlite3';
import type { RecipeFacts } from '../../../shared/contract/pictures';
import { importedProvider } from '../../../shared/domain/read-recipe';
import type { Columns } from './columns';
import { readImportedParams, readParams } from './picture-params';
import { prepareQuery } from './prepare-query';
import { type GalleryRow, galleryColumns } from './user-images';

type FactsRow = {
  file: string;
  provider: string;
  params: string | null;
  message_id: string | null;
  duration_ms: number | null;
  cost_micro_usd: number | null;
  conversation_id: string | null;
  title: string | null;
  parent_id: string | null;
  parent_prompt: string | null;
};

const factsColumns: Columns<FactsRow> = {
  file: 'u.file',
  provider: 'u.provider',
  params: 'u.params',
  message_id: 'm.id',
  duration_ms: 'l.duration_ms',
  cost_micro_usd: 'l.cost_micro_usd',
  conversation_id: 'c.id',
  title: 'c.title',
  parent_id: 'p.id',
  parent_prompt: 'p.prompt',
};

export function createPictureFactReads(database: Database) {
  const find = prepareQuery<[string], FactsRow>(
    database,
    factsColumns,
    (list) => `SELECT ${list} FROM user_images u
     LEFT JOIN messages m ON m.id = coalesce(u.message_id, u.id)
     LEFT JOIN conversations c ON c.id = m.conversation_id AND c.deleted_at IS NULL AND c.purged_at IS NULL
     LEFT JOIN user_images p ON p.id = coalesce(u.parent_id, m.parent_id) AND p.deleted_at IS NULL AND p.purged_at IS NULL
     LEFT JOIN image_generation_log l ON l.id = (
       SELECT id FROM image_generation_log WHERE message_id = coalesce(u.message_id, u.id) AND outcome = 'ready'
       ORDER BY rowid DESC LIMIT 1)
     WHERE u.id = ? AND u.purged_at IS NULL`,
  );
  const row = prepareQuery<[string], GalleryRow>(
    database,
    galleryColumns,
    (list) => `SELECT ${list} FROM user_images WHERE id = ? AND deleted_at IS NULL AND purged_at IS NULL`,
  );

  return {
    find(id: string): RecipeFacts | undefined {
      const row = find.get(id);
      if (!row) return undefined;
      const { conversation_id: conversationId, message_id: messageId, parent_id: parentId } = row;
      return {
        params: readParams(row.params),
        imported: row.provider === importedProvider ? readImportedParams(row.params) : null,
        format: row.file.slice(row.file.lastIndexOf('.') + 1).toUpperCase(),
        durationMs: row.duration_ms,
        costMicroUsd: row.cost_micro_usd,
        conversation:
          conversationId === null || messageId === null
            ? null
            : { id: conversationId, title: row.title ?? '', messageId },
        parent: parentId === null ? null : { id: parentId, prompt: row.parent_prompt ?? '' },
      };
    },
    /** Returns the row of a picture that is in the gallery. */
    row(id: string): GalleryRow | undefined {
      return row.get(id);
    },
  };
}
