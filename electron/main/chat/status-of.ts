// What a message's status is when its job has ended.

import type { MessageStatus } from '../../../shared/domain/conversations';
import type { ErrorCode } from '../../../shared/domain/errors';
import type { FailedJob, Outcome } from '../../../shared/generator/messages';

export function statusOf(outcome: Outcome): MessageStatus {
  return outcome.type === 'failed' ? statusOfFailure(outcome) : 'ready';
}

/**
 * @returns `interrupted` where the answer was cut off on its way and something may have been charged for it: whether
 * it is asked for again is the user's decision.
 */
export function statusOfFailure({
  code,
  costMicroUsd,
}: Pick<FailedJob, 'code' | 'costMicroUsd'>): MessageStatus {
  switch (code) {
    case 'cancelled':
    case 'cancelled_late':
      return 'cancelled';
    case 'interrupted':
      return 'interrupted';
    case 'connection_lost':
    case 'timed_out':
      return costMicroUsd === null ? 'failed' : 'interrupted';
    default:
      return isOwnLimit(code) ? 'limited' : 'failed';
  }
}

/** Stopped by the user's own limits: nobody was asked, so that it is no attempt. */
export function isOwnLimit(code: ErrorCode): boolean {
  return code === 'limit_minute' || code === 'limit_day' || code === 'cap_reached';
}
