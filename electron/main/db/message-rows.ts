// Converts rows of the messages table, joined with the log and the gallery, to the messages that the renderer shows.

import { z } from 'zod';
import { type Message, messageStatuses, type PictureMessage } from '../../../shared/domain/conversations';
import { errorSentences } from '../../../shared/domain/errors';
import { trunk } from '../../../shared/domain/message-path';
import { type Columns, columnsOf } from './columns';
import { readNotes } from './picture-notes';
import { readParams } from './picture-params';
import { tileOf } from './picture-tiles';
import { detailsOf, readReason } from './reasons';
import type { RowOf } from './tables';
import { usedStylesOf } from './used-styles';
import { stateOf } from './user-images';

const ownColumns = columnsOf(
  'messages',
  [
    'id',
    'conversation_id',
    'group_id',
    'role',
    'kind',
    'status',
    'text',
    'prompt',
    'params',
    'parent_id',
    'provider',
    'model',
    'image_file',
    'width',
    'height',
    'bytes',
    'thumbhash',
    'error_code',
    'error_message',
    'error_sentence',
    'created_at',
    'updated_at',
    'retry_at',
    'picture_id',
    'seq',
    'revision',
    'notes',
    'branch',
    'version_of',
    'dismissed',
    'error_details',
    'answer_id',
    'tile',
    'styles',
  ],
  'm',
);

export type MessageRow = RowOf<'messages', keyof typeof ownColumns> & {
  duration_ms: number | null;
  cost_micro_usd: number | null;
  trashed_at: number | null;
  missing_at: number | null;
  /** Whether there is, or was, a service of this id. */
  knows_service: 0 | 1;
  /** The ids of the versions of this message's original, as JSON. */
  versions: string;
};

export const messageColumns: Columns<MessageRow> = {
  ...ownColumns,
  duration_ms: 'l.duration_ms',
  cost_micro_usd: `iif(m.kind = 'image', l.cost_micro_usd,
    (SELECT sum(amount_micro_usd - coalesce(
       (SELECT sum(answer_share_micro_usd) FROM messages WHERE answer_id = charges.id), 0))
     FROM charges WHERE message_id = m.id))`,
  trashed_at: 'u.deleted_at',
  missing_at: 'u.missing_at',
  knows_service: 'EXISTS (SELECT 1 FROM services WHERE id = m.provider)',
  versions: `(SELECT json_group_array(v.id ORDER BY v.rowid) FROM messages v
              WHERE v.conversation_id = m.conversation_id AND v.version_of = coalesce(m.version_of, m.id))`,
};

/**
 * The tables that `messageColumns` reads. A picture's duration and cost come from the newest log entry that
 * produced it, a reply's cost from all its requests, without the shares of pictures that they brought; whether a picture is in Trash or missing comes from the gallery.
 */
export const messageTables = `messages m LEFT JOIN user_images u ON u.id = coalesce(m.picture_id, m.id)
  LEFT JOIN image_generation_log l ON l.id = (
    SELECT id FROM image_generation_log WHERE message_id = m.id AND outcome = 'ready'
    ORDER BY rowid DESC LIMIT 1)`;

/** The state of a picture without a file whose provider only another version of Afterimage knows. */
const unknownProvider = {
  status: 'failed',
  error: { code: 'unknown_provider', message: errorSentences.unknown_provider },
} as const;

export function toMessage(row: MessageRow): Message {
  const base = {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq ?? 0,
    revision: row.revision,
    role: row.role === 'user' ? ('user' as const) : ('assistant' as const),
    status: messageStatuses.find((status) => status === row.status) ?? ('failed' as const),
    error: readReason(row),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...placeOf(row),
    ...(row.dismissed === 1 && { isDismissed: true as const }),
    ...detailsOf(row),
  };
  if (row.kind !== 'image') {
    const { text, model, cost_micro_usd: costMicroUsd } = row;
    return {
      ...base,
      kind: 'text',
      text,
      provider: row.knows_service === 1 ? row.provider : null,
      model,
      costMicroUsd,
      ...usedStylesOf(row.styles),
    };
  }
  return {
    ...base,
    ...(row.knows_service === 0 && row.image_file === null && unknownProvider),
    kind: 'image',
    groupId: row.group_id ?? row.id,
    prompt: row.prompt ?? '',
    params: readParams(row.params) ?? { aspectRatio: '1:1', seed: 0 },
    parentId: row.parent_id,
    provider: row.provider ?? 'painter',
    model: row.model ?? '',
    retryAt: row.retry_at,
    image: toFacts(row),
    durationMs: row.duration_ms,
    costMicroUsd: row.cost_micro_usd,
    ...(row.picture_id !== null && { reusedId: row.picture_id }),
    ...(row.answer_id !== null && { isPart: true as const }),
    ...notesOf(row),
    ...tileOf(row.tile),
  };
}

/** Returns nothing for a message of the trunk that has one version. */
function placeOf({ id, branch, version_of, versions }: MessageRow): Pick<Message, 'branch' | 'versions'> {
  return {
    ...(branch !== trunk && { branch }),
    ...(versions !== '[]' && { versions: [version_of ?? id, ...readIds(versions)] }),
  };
}

const idsSchema = z.array(z.string());

function readIds(json: string): string[] {
  return idsSchema.parse(JSON.parse(json));
}

/** Leaves out a note that only another version of Afterimage knows. */
function notesOf({ notes }: MessageRow): Pick<PictureMessage, 'notes'> {
  if (notes === null) return {};
  return { notes: readNotes(notes) };
}

function toFacts(row: MessageRow): PictureMessage['image'] {
  if (row.image_file === null) return null;
  return {
    width: row.width ?? 0,
    height: row.height ?? 0,
    bytes: row.bytes ?? 0,
    thumbhash: row.thumbhash?.toString('base64') ?? '',
    ...stateOf(row.trashed_at, row.missing_at),
  };
}
