// Finds out from the ledger and the disk what an interrupted request has cost; its job knows only what it may have
// cost.
import { explanation } from '../../../shared/domain/errors';
import { arrivalFile } from '../../../shared/domain/picture-files';
import { serviceOf } from '../../../shared/domain/service-directory';
import { asUncharged } from '../../../shared/domain/without-charge';
import type { Ended } from '../../../shared/generator/ended';
import type { FailedJob } from '../../../shared/generator/messages';
import { sentence } from '../../../shared/languages/sentence';
import type { ChatContext } from './chat-context';

type Known = Pick<ChatContext, 'store' | 'hasFile'>;

/**
 * Replaces a failed job's possible cost with the known cost: a free service charges nothing, a prefetch may have
 * ended before the job began, and a stopped picture's bytes may be on disk.
 */
export function withKnownCharge(context: Known, ended: Ended): Ended {
  const { outcome } = ended;
  return outcome.type === 'failed' ? { ...ended, outcome: withKnown(context, ended, outcome) } : ended;
}

function withKnown({ store, hasFile }: Known, { job }: Ended, failed: FailedJob): FailedJob {
  const { code } = failed;
  // Free work has no unknown cost, however it ended.
  if (serviceOf(job.provider).free && !failed.costMicroUsd) return asUncharged(failed);
  if (job.kind === 'text' || (code !== 'cancelled_late' && code !== 'interrupted')) return failed;
  const charge = store.charges.find(job.requestId);
  const end = charge?.state === 'open' ? undefined : charge;
  // Zero stands for an unknown price.
  const known = { ...failed, costMicroUsd: end ? (end.amountMicroUsd ?? 0) : failed.costMicroUsd };
  if (code === 'cancelled_late' && hasFile(arrivalFile(job.requestId)))
    return { ...known, ...explanation(code, sentence('chat.stopped_arrived')) };
  if (end?.amountMicroUsd === 0) return asUncharged(known);
  return code === 'interrupted' && end?.state === 'made' ? asArrived(known) : known;
}

/** A picture that has arrived, and that is not on disk. */
function asArrived(failed: FailedJob): FailedJob {
  return { ...failed, ...explanation('interrupted', sentence('chat.interrupted_arrived')) };
}
