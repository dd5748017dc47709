// How the end of a request changes its charge.
import type { ErrorCode } from '../../../shared/domain/errors';
import type { Job } from '../../../shared/generator/jobs';
import type { FailedJob, Outcome } from '../../../shared/generator/messages';
import type { Store } from '../db/open';

type Ledger = { charges: Pick<Store['charges'], 'end' | 'remove'> };

/** The errors of requests that never reached a provider. */
const neverSent: ReadonlySet<ErrorCode> = new Set([
  'cancelled',
  'key_missing',
  'unreachable',
  'unknown_provider',
  'reference_gone',
  'file_missing',
]);

/** Ends the charge of a job's request. Call it in the transaction that ends the message. */
export function endCharge(store: Ledger, job: Job, outcome: Outcome): void {
  if (outcome.type === 'failed') {
    // Nothing was requested: an earlier request's charge stays as it ended.
    if (outcome.code !== 'nothing_to_recover') endFailedCharge(store, job.requestId, outcome);
    return;
  }
  const requestId = outcome.type === 'stored' ? outcome.requestId : job.requestId;
  if (requestId !== job.requestId) store.charges.remove(job.requestId);
  store.charges.end(requestId, { state: 'made', amountMicroUsd: outcome.costMicroUsd });
}

/** @param failure its cost is null if nothing was charged, and zero if the price is not known. */
export function endFailedCharge(
  store: Ledger,
  requestId: string,
  { code, costMicroUsd }: Pick<FailedJob, 'code' | 'costMicroUsd'>,
): void {
  if (costMicroUsd === null && neverSent.has(code)) {
    store.charges.remove(requestId);
    return;
  }
  const amountMicroUsd = costMicroUsd === null ? 0 : costMicroUsd || null;
  store.charges.end(requestId, { state: code === 'rate_limited' ? 'refused' : 'failed', amountMicroUsd });
}
