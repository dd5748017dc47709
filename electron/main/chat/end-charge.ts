// How the end of a request changes its charge.
import type { ErrorCode } from '../../../shared/domain/errors';
import type { Ended } from '../../../shared/generator/ended';
import type { FailedJob } from '../../../shared/generator/messages';
import type { Store } from '../db/open';
import { isOwnLimit } from './status-of';

type Ledger = { charges: Pick<Store['charges'], 'open' | 'end' | 'remove'> };

/** The errors of requests that never reached a provider. */
const neverSent: ReadonlySet<ErrorCode> = new Set([
  'cancelled',
  'key_missing',
  'unreachable',
  'unknown_provider',
  'reference_gone',
  'file_missing',
]);

/**
 * Ends the charge of a job's request. Call it in the transaction that ends the message.
 *
 * A request that has certainly left, or that may have been charged, gets a row if it has none: the ledger of a restored
 * backup does not know it.
 */
export function endCharge(store: Ledger, { job, outcome, requestedAt }: Ended): void {
  const { jobId: messageId, provider, model } = job;
  const kind = job.kind === 'text' ? 'text' : 'picture';
  const charge = { kind, messageId, provider, model, requestedAt } as const;
  if (outcome.type === 'failed') {
    const { code, costMicroUsd } = outcome;
    // Nothing was found of an earlier request, whose charge has ended.
    if (code === 'nothing_to_recover' && costMicroUsd === null) return;
    if (costMicroUsd !== null)
      store.charges.open({ ...charge, id: job.requestId, amountMicroUsd: costMicroUsd });
    endFailedCharge(store, job.requestId, outcome);
    return;
  }
  // A reply without a model made no request.
  if (outcome.type === 'replied' && model === null) return;
  const made = outcome.type === 'stored' ? outcome : { requestId: job.requestId, provider, model };
  const { costMicroUsd: amountMicroUsd } = outcome;
  if (made.requestId !== job.requestId) store.charges.remove(job.requestId);
  store.charges.open({
    ...charge,
    id: made.requestId,
    provider: made.provider,
    model: made.model,
    amountMicroUsd,
  });
  store.charges.end(made.requestId, { state: 'made', amountMicroUsd });
}

/** @param failure its cost is null if nothing was charged, and zero if the price is not known. */
export function endFailedCharge(
  store: Ledger,
  requestId: string,
  { code, costMicroUsd }: Pick<FailedJob, 'code' | 'costMicroUsd'>,
): void {
  // A retry that the user's limits refuse has made no request; an earlier one may have been charged.
  if (costMicroUsd === null && (neverSent.has(code) || isOwnLimit(code))) {
    store.charges.remove(requestId);
    return;
  }
  const amountMicroUsd = costMicroUsd === null ? 0 : costMicroUsd || null;
  store.charges.end(requestId, { state: code === 'rate_limited' ? 'refused' : 'failed', amountMicroUsd });
}
