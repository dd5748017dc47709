// Explains why a file could not be written.
import { type ErrorCode, type Failure, failure } from '../../../shared/domain/errors';

/**
 * Returns the failure for an error of the file system.
 *
 * @returns `disk_full`, which is worth a retry, or the other code.
 */
export function notStored(error: unknown, otherwise: ErrorCode = 'picture_not_stored'): Failure {
  console.error('A picture could not be written:', error);
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return failure(code === 'ENOSPC' || code === 'EDQUOT' ? 'disk_full' : otherwise);
}
