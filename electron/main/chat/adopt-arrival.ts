// Adds a paid picture that belongs to no message to the gallery, under its request's id.
import { isUnfinished } from '../../../shared/domain/conversations';
import type { Arrival } from '../../../shared/generator/arrivals';
import { isBilled } from '../../../shared/generator/billing';
import type { Outcome } from '../../../shared/generator/messages';
import type { ChatContext } from './chat-context';

/**
 * Returns whether an arrival is a paid picture that no message uses, now or later. A message without a picture may
 * still use it, because a retry uses what has arrived. So may a message yet to be sent, as long as the arrival is the
 * current prefetch.
 *
 * Does not depend on time, because the clock may have been set meanwhile: see docs/decisions/036.
 *
 * @param isRunning whether a message's job runs; its row may have been deleted meanwhile.
 */
export function isOrphan(
  { store, prefetch }: Pick<ChatContext, 'store' | 'prefetch'>,
  arrival: Arrival,
  isRunning: (messageId: string) => boolean,
): boolean {
  if (!isBilled(arrival) || store.userImages.find(arrival.requestId)) return false;
  // A part of an answer gets its row when its request is settled.
  const { partOf } = arrival;
  const hasRow = partOf === undefined || store.messages.find(arrival.requestId) !== undefined;
  const { requestId, jobId } = hasRow ? arrival : partOf;
  if (prefetch.current()?.requestId === requestId) return false;
  // The charge of a prefetch belongs to the message that took it over.
  const owner = jobId ?? store.charges.find(requestId)?.messageId ?? null;
  const message = owner === null ? undefined : store.messages.find(owner);
  // A retried reply is another answer.
  const isWanted =
    message !== undefined && (message.kind === 'text' ? isUnfinished(message) : message.status !== 'ready');
  const isInWork = owner !== null && isRunning(owner);
  return !isWanted && !isInWork && !store.messages.unfinished().some((work) => work.requestId === requestId);
}

/**
 * Writes the result of an adoption: the picture's row, its entry in the log, and the end of its request's charge. A failed
 * adoption changes nothing, because the bytes are still on disk.
 */
export function settleAdopted(
  { store, broadcast }: Pick<ChatContext, 'store' | 'broadcast'>,
  { requestId, jobId, prompt, params, arrivedAt, answer, partOf }: Arrival,
  outcome: Outcome,
): void {
  if (outcome.type !== 'stored') return;
  const { file, width, height, bytes, thumbhash, provider, model, costMicroUsd } = outcome;
  const durationMs = Math.round(outcome.durationMs);
  const amountMicroUsd = answer ? answer.costMicroUsd : outcome.costMicroUsd;
  const facts = { file, width, height, bytes, thumbhash, prompt, provider, model };
  // The picture gets no message: changes to it must not affect the message that requested it.
  const row = { ...facts, id: requestId, messageId: requestId, params: JSON.stringify(params) };
  const parentId = params.references?.[0] ?? null;
  store.transaction(() => {
    // A part of an answer has no charge of its own.
    if (partOf === undefined) {
      // The ledger may lack the request, because it was restored from a backup.
      store.charges.open({
        ...{ id: requestId, kind: 'picture', messageId: jobId, provider, model },
        ...{ requestedAt: arrivedAt, amountMicroUsd },
      });
      store.charges.end(requestId, { state: 'made', amountMicroUsd });
    }
    store.userImages.insert({ ...row, createdAt: arrivedAt, parentId });
    store.generationLog.insert({
      ...{ id: requestId, messageId: requestId, provider, model, outcome: 'ready', errorCode: null },
      ...{ requestedAt: arrivedAt - durationMs, durationMs, costMicroUsd },
    });
  });
  const image = store.userImages.find(requestId);
  if (image) broadcast('gallery:added', [image]);
}
