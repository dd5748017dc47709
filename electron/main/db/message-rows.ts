// From a row of the messages table, with what the log and the gallery add to it, to the message that the screen knows.

import { type Message, messageStatuses, type PictureMessage } from '../../../shared/domain/conversations';
import { errorSentences, isErrorCode } from '../../../shared/domain/errors';
import { providerIdSchema } from '../../../shared/domain/models';
import { readParams } from './picture-params';
import { stateOf } from './user-images';

export type MessageRow = {
  id: string;
  conversation_id: string;
  group_id: string | null;
  role: string;
  kind: string;
  status: string;
  text: string;
  prompt: string | null;
  params: string | null;
  parent_id: string | null;
  provider: string | null;
  model: string | null;
  image_file: string | null;
  width: number | null;
  height: number | null;
  bytes: number | null;
  thumbhash: Buffer | null;
  error_code: string | null;
  error_message: string | null;
  created_at: number;
  updated_at: number;
  duration_ms: number | null;
  cost_micro_usd: number | null;
  retry_at: number | null;
  trashed_at: number | null;
  missing_at: number | null;
  picture_id: string | null;
};

/** What a picture without a file is, where only another version of Afterimage knows who was to make it. */
const ofUnknownProvider = {
  status: 'failed',
  error: { code: 'unknown_provider', message: errorSentences.unknown_provider },
} as const;

export function toMessage(row: MessageRow): Message {
  const base = {
    id: row.id,
    conversationId: row.conversation_id,
    role: row.role === 'user' ? ('user' as const) : ('assistant' as const),
    status: messageStatuses.find((status) => status === row.status) ?? ('failed' as const),
    error: toError(row),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
  const provider = providerIdSchema.safeParse(row.provider);
  if (row.kind !== 'image') {
    const { text, model, cost_micro_usd: costMicroUsd } = row;
    return { ...base, kind: 'text', text, provider: provider.data ?? null, model, costMicroUsd };
  }
  return {
    ...base,
    ...(!provider.success && row.image_file === null && ofUnknownProvider),
    kind: 'image',
    groupId: row.group_id ?? row.id,
    prompt: row.prompt ?? '',
    params: readParams(row.params) ?? { aspectRatio: '1:1', seed: 0 },
    parentId: row.parent_id,
    provider: provider.data ?? 'painter',
    model: row.model ?? '',
    retryAt: row.retry_at,
    image: toFacts(row),
    durationMs: row.duration_ms,
    costMicroUsd: row.cost_micro_usd,
    ...(row.picture_id !== null && { reusedId: row.picture_id }),
  };
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

function toError(row: MessageRow): Message['error'] {
  if (row.error_code === null || !isErrorCode(row.error_code)) return null;
  return { code: row.error_code, message: row.error_message ?? errorSentences[row.error_code] };
}
