// Updates a request's charge when the request ends.
import type { ErrorCode } from '../../../shared/domain/errors';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { Ended } from '../../../shared/generator/ended';
import type { Job } from '../../../shared/generator/jobs';
import type { FailedJob } from '../../../shared/generator/messages';
import type { Store } from '../db/open';
import { isOwnLimit } from './status-of';

type Ledger = {
  charges: Pick<Store['charges'], 'find' | 'open' | 'end' | 'remove'>;
  messages: Pick<Store['messages'], 'answerId'>;
};

/** Errors of requests that were never sent to a provider. */
const neverSent: ReadonlySet<ErrorCode> = new Set([
  'cancelled',
  'key_missing',
  'unreachable',
  'not_saved',
  'unknown_provider',
  'reference_gone',
  'file_missing',
  'linked_file_gone',
]);

/**
 * Ends the charge of a job's request. Call it in the transaction that ends the message.
 *
 * Adds the charge of a request that was sent, or may have been charged, if it is missing: the ledger may come from a
 * backup.
 */
export function endCharge(store: Ledger, { job, outcome, requestedAt }: Ended): void {
  const { jobId: messageId, provider, model } = job;
  const kind = job.kind === 'text' ? 'text' : 'picture';
  const charge = { kind, messageId, provider, model, requestedAt } as const;
  if (outcome.type === 'failed') {
    if (isPart(store, messageId, job.requestId)) return;
    const whole = withWholeCost(outcome);
    // Free work has no unknown cost, however it ended.
    const isUnknown = whole.costMicroUsd === 0;
    const failure = isUnknown && serviceOf(provider).free ? { ...whole, costMicroUsd: null } : whole;
    const { code, costMicroUsd } = failure;
    // Nothing of an earlier request was found, and its charge has already ended.
    if (code === 'nothing_to_recover' && costMicroUsd === null) return;
    if (costMicroUsd !== null)
      store.charges.open({ ...charge, id: job.requestId, amountMicroUsd: costMicroUsd });
    endFailedCharge(store, job.requestId, failure);
    return;
  }
  // A reply without a model made no request.
  if (outcome.type === 'replied' && model === null) return;
  const made = outcome.type === 'stored' ? outcome : { requestId: job.requestId, provider, model };
  const amountMicroUsd = outcome.answer ? outcome.answer.costMicroUsd : outcome.costMicroUsd;
  if (made.requestId !== job.requestId) store.charges.remove(job.requestId);
  if (isPart(store, messageId, made.requestId) || isSalvaged(store, job, made.requestId)) return;
  store.charges.open({
    ...charge,
    id: made.requestId,
    provider: made.provider,
    model: made.model,
    amountMicroUsd,
  });
  store.charges.end(made.requestId, { state: 'made', amountMicroUsd });
}

/**
 * Returns whether a picture came in the answer to another picture's request, which holds the only charge. Its bytes
 * then have the id of its message. A request of its own, such as a retry, has another id.
 */
function isPart({ messages }: Pick<Ledger, 'messages'>, messageId: string, requestId: string): boolean {
  return requestId === messageId && messages.answerId(messageId) !== null;
}

/**
 * Returns whether a rescue has already counted an adopted picture. It counts by picture id, because a restored backup
 * lacks the request.
 */
function isSalvaged({ charges }: Pick<Ledger, 'charges'>, job: Job, requestId: string): boolean {
  if (job.kind !== 'recover' || charges.find(requestId)) return false;
  return charges.find(job.jobId)?.state === 'made';
}

/** Returns a failure with the cost of the whole answer, of which its own picture has a share. */
function withWholeCost(outcome: FailedJob): FailedJob {
  const { answer } = outcome;
  if (!answer) return outcome;
  const isFree = answer.costMicroUsd === 0;
  return { ...outcome, costMicroUsd: isFree ? null : (answer.costMicroUsd ?? 0) };
}

/** @param failure its cost is null if nothing was charged, and zero if the price is not known. */
export function endFailedCharge(
  store: Ledger,
  requestId: string,
  { code, costMicroUsd }: Pick<FailedJob, 'code' | 'costMicroUsd'>,
): void {
  // A retry refused by the user's limits made no request, but an earlier request may have been charged.
  if (costMicroUsd === null && (neverSent.has(code) || isOwnLimit(code))) {
    store.charges.remove(requestId);
    return;
  }
  const amountMicroUsd = costMicroUsd === null ? 0 : costMicroUsd || null;
  store.charges.end(requestId, { state: code === 'rate_limited' ? 'refused' : 'failed', amountMicroUsd });
}
