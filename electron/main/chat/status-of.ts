// The status of a message whose job has ended.
import type { MessageStatus } from '../../../shared/domain/conversations';
import type { ErrorCode } from '../../../shared/domain/errors';
import type { FailedJob, Outcome } from '../../../shared/generator/messages';

/** Returns the status with which a message ends. */
export function statusOf(outcome: Outcome): MessageStatus {
  return outcome.type === 'failed' ? statusOfFailure(outcome) : 'ready';
}

/**
 * Returns the status of a failure. It is `interrupted` if the answer was cut off and may have been charged: the user
 * decides whether to request it again.
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

/** Returns whether the user's own limits stopped a job. No request was made, so it does not count as an attempt. */
export function isOwnLimit(code: ErrorCode): boolean {
  return code === 'limit_minute' || code === 'limit_day' || code === 'cap_reached';
}
