// The rows of an answer with several pictures: each picture after the first joins the group of the one that asked.
import type { Message, NewMessage, PictureMessage } from '../../../shared/domain/conversations';
import { nearestAspectRatio } from '../../../shared/domain/nearest-aspect-ratio';
import type { Ended } from '../../../shared/generator/ended';
import { newId } from '../db/new-id';
import type { ChatContext } from './chat-context';
import { branchAfter } from './versions';

/**
 * Inserts a row for each further picture of an answer. Call it in the transaction that ends the job.
 *
 * The rows are `generating` and wait for bytes that are on disk already, so the dispatcher recovers them as after a
 * crash: no request leaves, and a crash at any point finds the same rows and the same bytes.
 *
 * @returns the rows as they were stored, in the answer's order.
 */
export function insertParts(context: ChatContext, { job, outcome }: Ended): Message[] {
  const { store, now } = context;
  const { answer, jobId } = outcome;
  if (!answer || answer.parts.length === 0) return [];
  const asked = store.messages.find(jobId);
  if (!asked) return [];
  const { requestId, provider, model } = outcome.type === 'stored' ? outcome : job;
  const groupId = newId();
  const branch = branchAfter(context, asked);
  const at = now();
  const rows = answer.parts.flatMap(({ id, size, costMicroUsd }) => {
    if (store.messages.find(id)) return [];
    const shape = size ? nearestAspectRatio(size) : ('1:1' as const);
    const wanted =
      asked.kind === 'image'
        ? {
            ...{ prompt: asked.prompt, params: asked.params, parentId: asked.parentId },
            ...{ groupId: asked.groupId, ...(asked.tile && { tile: asked.tile }) },
          }
        : { prompt: promptOf(job), params: { aspectRatio: shape, seed: 0 }, parentId: null, groupId };
    const row: NewMessage<PictureMessage> = {
      ...{ id, conversationId: asked.conversationId, role: 'assistant', kind: 'image' },
      ...{ status: 'generating', ...wanted, provider, model: model ?? '', retryAt: null, image: null },
      ...{ durationMs: null, costMicroUsd: null, error: null, createdAt: at, updatedAt: at },
    };
    const partOf = { requestId, shareMicroUsd: costMicroUsd };
    store.messages.insert(row, { requestId: id, isFresh: true, partOf, branch });
    return [id];
  });
  return rows.flatMap((id) => store.messages.find(id) ?? []);
}

function promptOf(job: Ended['job']): string {
  return job.kind === 'text' ? job.text : job.prompt;
}
