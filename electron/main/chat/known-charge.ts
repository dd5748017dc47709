// What is known about a picture that was stopped when its request had left, or may have left.
import { explanation } from '../../../shared/domain/errors';
import { arrivalFile } from '../../../shared/domain/picture-files';
import type { Ended } from '../../../shared/generator/ended';
import { sentence } from '../../../shared/languages/sentence';
import type { ChatContext } from './chat-context';

/**
 * Replaces what a stopped picture may have cost by what its charge and the disk say: a picture that was stopped before it
 * was looked for on disk may be there, and its request may have ended long ago.
 */
export function withKnownCharge(
  { store, hasFile }: Pick<ChatContext, 'store' | 'hasFile'>,
  ended: Ended,
): Ended {
  const { job, outcome } = ended;
  if (job.kind === 'text' || outcome.type !== 'failed' || outcome.code !== 'cancelled_late') return ended;
  const charge = store.charges.find(job.requestId);
  const hasEnded = charge !== undefined && charge.state !== 'open';
  // Zero stands for an unknown price.
  const costMicroUsd = hasEnded ? (charge.amountMicroUsd ?? 0) : outcome.costMicroUsd;
  if (hasFile(arrivalFile(job.requestId))) {
    const explained = explanation(outcome.code, sentence('chat.stopped_arrived'));
    return { ...ended, outcome: { ...outcome, ...explained, costMicroUsd } };
  }
  if (hasEnded && charge.amountMicroUsd === 0)
    return {
      ...ended,
      outcome: { ...outcome, code: 'cancelled', ...explanation('cancelled'), costMicroUsd: null },
    };
  return { ...ended, outcome: { ...outcome, costMicroUsd } };
}
