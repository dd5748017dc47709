// Records a request before it is sent: its message's status and its charge.
import { priceOf } from '../../../shared/domain/model-lookup';
import { isBilled } from '../../../shared/generator/billing';
import type { Job } from '../../../shared/generator/jobs';
import { faultPoint } from '../logging/fault-point';
import type { ChatContext } from './chat-context';

/**
 * Marks a message as `generating` and opens its request's charge in one transaction, so that after a crash it is
 * known that the request may have been sent. A reply without a model makes no request, and a recovery already has a
 * charge.
 *
 * @param requestedAt UTC milliseconds.
 * @returns false if the message is no longer waiting, was stopped, or is in a deleted conversation; then nothing may
 * be sent.
 */
export function markGenerating(
  { store, broadcast }: Pick<ChatContext, 'store' | 'broadcast'>,
  job: Job,
  requestedAt: number,
): boolean {
  const { jobId: id, requestId, provider, model } = job;
  faultPoint('begin: starts');
  const isBegun = store.transaction(() => {
    const message = store.messages.find(id);
    if (message?.status !== 'pending' || !store.conversations.find(message.conversationId)) return false;
    if (!store.messages.begin(id, requestId, requestedAt)) return false;
    if (job.kind === 'recover' || model === null) return true;
    const kind = job.kind;
    store.charges.open({
      ...{ id: requestId, kind, messageId: id, provider, model, requestedAt },
      amountMicroUsd: possiblePrice(job),
    });
    return true;
  });
  if (!isBegun) return false;
  faultPoint('begin: committed');
  const marked = store.messages.find(id);
  if (marked) broadcast('message:updated', marked);
  return true;
}

/** Returns what a request may cost, in micro-dollars, before it has ended; null if that is not known. */
function possiblePrice(job: Job): number | null {
  if (!isBilled(job)) return 0;
  return job.kind === 'text' ? null : priceOf(job.provider, job.model, job.params);
}
