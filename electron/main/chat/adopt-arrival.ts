// Adds a picture that was paid for, and that no message wants, to the gallery under its request's id.
import { isUnfinished } from '../../../shared/domain/conversations';
import type { Arrival } from '../../../shared/generator/arrivals';
import { isBilled } from '../../../shared/generator/billing';
import type { Outcome } from '../../../shared/generator/messages';
import type { ChatContext } from './chat-context';

/**
 * Returns whether an arrival is a picture that was paid for and that no message wants, now or later. A message without
 * a picture may: a retry uses what has arrived. A prefetch may still be sent as long as it is the current one.
 *
 * Neither a time nor an age counts, because the clock may have been set since: docs/decisions/036.
 *
 * @param isRunning whether a message's job runs; its row may have been deleted meanwhile.
 */
export function isOrphan(
  { store, prefetch }: Pick<ChatContext, 'store' | 'prefetch'>,
  arrival: Arrival,
  isRunning: (messageId: string) => boolean,
): boolean {
  if (!isBilled(arrival) || store.userImages.find(arrival.requestId)) return false;
  // A part of an answer has no row of its own until the request that brought it is settled.
  const { partOf } = arrival;
  const hasRow = partOf === undefined || store.messages.find(arrival.requestId) !== undefined;
  const { requestId, jobId } = hasRow ? arrival : partOf;
  if (prefetch.current()?.requestId === requestId) return false;
  // A message that has taken over a prefetch is the owner of its charge.
  const owner = jobId ?? store.charges.find(requestId)?.messageId ?? null;
  const message = owner === null ? undefined : store.messages.find(owner);
  // A retried reply is another answer.
  const isWanted =
    message !== undefined && (message.kind === 'text' ? isUnfinished(message) : message.status !== 'ready');
  const isInWork = owner !== null && isRunning(owner);
  return !isWanted && !isInWork && !store.messages.unfinished().some((work) => work.requestId === requestId);
}

/**
 * Writes the end of an adoption: the picture's row, and the end of its request's charge. One that has not succeeded
 * changes nothing, because the bytes are still on disk.
 */
export function settleAdopted(
  { store, broadcast }: Pick<ChatContext, 'store' | 'broadcast'>,
  { requestId, jobId, prompt, params, arrivedAt, answer, partOf }: Arrival,
  outcome: Outcome,
): void {
  if (outcome.type !== 'stored') return;
  const { file, width, height, bytes, thumbhash, provider, model } = outcome;
  const amountMicroUsd = answer ? answer.costMicroUsd : outcome.costMicroUsd;
  const facts = { file, width, height, bytes, thumbhash, prompt, provider, model };
  // No message has this picture: what is done to it must not change the one that requested it.
  const row = { ...facts, id: requestId, messageId: requestId, params: JSON.stringify(params) };
  const parentId = params.references?.[0] ?? null;
  store.transaction(() => {
    // A part of an answer has no charge of its own.
    if (partOf === undefined) {
      // The ledger of a restored backup does not know the request.
      store.charges.open({
        ...{ id: requestId, kind: 'picture', messageId: jobId, provider, model },
        ...{ requestedAt: arrivedAt, amountMicroUsd },
      });
      store.charges.end(requestId, { state: 'made', amountMicroUsd });
    }
    store.userImages.insert({ ...row, createdAt: arrivedAt, parentId });
  });
  const image = store.userImages.find(requestId);
  if (image) broadcast('gallery:added', [image]);
}
