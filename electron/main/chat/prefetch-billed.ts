// Prefetches at a provider that charges: only if the user allows it, and recorded before the request leaves.

import type { RequestInput } from '../../../shared/contract';
import { engineServiceId } from '../../../shared/domain/engine';
import { maxPostponementMs } from '../../../shared/domain/limits';
import { priceOf } from '../../../shared/domain/model-lookup';
import type { ServiceId } from '../../../shared/domain/services';
import { isBilled } from '../../../shared/generator/billing';
import type { PictureJob } from '../../../shared/generator/jobs';
import type { EndedPrefetch } from '../../../shared/generator/messages';
import type { Store } from '../db/open';
import type { ChatContext } from './chat-context';
import { endFailedCharge } from './end-charge';
import { refersToEarlier } from './refers-to-earlier';

/**
 * Returns whether the settings allow a prefetch at this provider. At a provider that charges, text that may refer to
 * an earlier picture is too ambiguous.
 */
export function isPrefetchAllowed(
  { store, activeProvider }: ChatContext,
  provider: ServiceId,
  { text, mode }: Pick<RequestInput<'chat:prefetch'>, 'text' | 'mode'>,
): boolean {
  const { prefetch, prefetchBilled } = store.settings.read();
  // A prefetch would start the engine and load gigabytes, and the engine cannot stop a picture once begun.
  if (provider === engineServiceId) return false;
  if (!isBilled({ provider })) return prefetch;
  const isClear = mode === 'picture' || activeProvider().textModel === null || !refersToEarlier(text.trim());
  return prefetchBilled && isClear;
}

/**
 * Opens the charge, flushed to disk, before its request leaves, so that a prefetch counts toward the limits and
 * the costs even if it is discarded, fails or is killed.
 *
 * @returns false if a sent picture would be refused now: then the prefetch must not start.
 */
export function recordPrefetch(context: ChatContext, job: PictureJob): boolean {
  const { requestId: id, provider, model, params } = job;
  if (!context.admits({ id, provider, model, params })) return false;
  const { store } = context;
  store.transaction(() =>
    store.charges.open({
      ...{ id, kind: 'picture', messageId: null, provider, model, requestedAt: context.now() },
      amountMicroUsd: priceOf(provider, model, params),
    }),
  );
  return true;
}

/**
 * Records how a prefetch ended, as soon as that can be written. A prefetch that failed without being charged is
 * dropped, so that sending makes a new request. One that may have been charged is kept: a message that takes it over
 * gets the same result.
 */
export function endPrefetch(context: ChatContext, ended: EndedPrefetch): void {
  const { requestId, code, costMicroUsd, retryAfterMs } = ended;
  const { store, prefetch } = context;
  const current = prefetch.current();
  if (current?.requestId === requestId) {
    if (retryAfterMs !== undefined)
      context.pause(current.provider, context.now() + Math.min(retryAfterMs, maxPostponementMs));
    if (code !== null && costMicroUsd === null) prefetch.stop();
  }
  // Not shown: a name in Diagnostics.
  context.saveEnd(`The end of prefetch ${requestId}`, () => store.batch(() => recordEnd(store, ended)));
}

function recordEnd(store: Store, { requestId, code, costMicroUsd }: EndedPrefetch): void {
  if (code === null) store.charges.end(requestId, { state: 'made', amountMicroUsd: costMicroUsd });
  // Otherwise the message that has taken it over ends the charge.
  else if (store.charges.find(requestId)?.messageId === null)
    endFailedCharge(store, requestId, { code, costMicroUsd });
}
