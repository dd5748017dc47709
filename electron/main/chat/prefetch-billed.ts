// A picture that is begun ahead at a provider that charges: only where the user wants it, and counted before it leaves.

import type { RequestInput } from '../../../shared/contract';
import { priceOf } from '../../../shared/domain/model-lookup';
import type { ProviderId } from '../../../shared/domain/models';
import { isBilled } from '../../../shared/generator/billing';
import type { EndedPrefetch, PictureJob } from '../../../shared/generator/messages';
import type { ChatContext } from './chat-context';
import { maxWaitMs } from './postpone';
import { speaksOfEarlier } from './refers-to-earlier';
import { statusOfFailure } from './status-of';

/**
 * @returns whether the settings let this provider begin what has not been sent. Where it charges, words that may turn
 *   out to speak of an earlier picture are not clear enough.
 */
export function mayBegin(
  { store, activeProvider }: ChatContext,
  provider: ProviderId,
  { text, mode }: Pick<RequestInput<'chat:prefetch'>, 'text' | 'mode'>,
): boolean {
  const { prefetch, prefetchBilled } = store.settings.read();
  if (!isBilled({ provider })) return prefetch;
  const isClear = mode === 'picture' || activeProvider().textModel === null || !speaksOfEarlier(text.trim());
  return prefetchBilled && isClear;
}

/**
 * Writes the attempt down, flushed to the disk, before its request leaves: discarded, failed or killed, it has been
 * counted towards the limits and the costs.
 *
 * @returns whether it may be begun; a sent picture would be refused now, too, where it is not.
 */
export function writeAhead(context: ChatContext, draft: PictureJob): boolean {
  if (!context.admits(draft)) return false;
  const { jobId: id, provider, model, params } = draft;
  const costMicroUsd = priceOf(model, params) ?? 0;
  const { store } = context;
  store.transaction(() =>
    store.generationLog.beginAhead({ id, provider, model, requestedAt: context.now(), costMicroUsd }),
  );
  return true;
}

/**
 * Writes what has become of a draft. One that failed and was surely not charged is none any more, so that what is sent
 * makes a request of its own. One that may have been charged stays: what is sent ends as it did.
 */
export function endPrefetch(context: ChatContext, ended: EndedPrefetch): void {
  try {
    writeEnd(context, ended);
  } catch (error) {
    // On a full disk, say: then it counts as it was written down before.
    console.error(`The end of draft ${ended.prefetchId} could not be written down:`, error);
  }
}

function writeEnd(
  context: ChatContext,
  { prefetchId, code, costMicroUsd, retryAfterMs }: EndedPrefetch,
): void {
  const { store, prefetch } = context;
  const current = prefetch.current();
  const isCurrent = current?.jobId === prefetchId;
  if (isCurrent && retryAfterMs !== undefined) {
    context.pause(current.provider, context.now() + Math.min(retryAfterMs, maxWaitMs));
  }
  if (code === null || costMicroUsd !== null) {
    store.batch(() => store.generationLog.setAheadCost(prefetchId, costMicroUsd ?? 0));
    return;
  }
  if (isCurrent) prefetch.stop();
  const outcome = statusOfFailure({ code, costMicroUsd });
  store.batch(() => store.generationLog.failAhead(prefetchId, outcome, code));
}
