// Why a file could not be written.
import { type Failure, failure } from '../../../shared/domain/errors';

/** Returns `disk_full`, which is worth a retry, or `picture_not_stored`. */
export function notStored(error: unknown): Failure {
  console.error('A picture could not be written:', error);
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return failure(code === 'ENOSPC' || code === 'EDQUOT' ? 'disk_full' : 'picture_not_stored');
}
