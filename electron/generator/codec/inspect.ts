// Inspects a picture's bytes before anything decodes them.
import { failure, type Result, success } from '../../../shared/domain/errors';
import { maxPicturePixels } from '../../../shared/domain/import';
import { type Inspection, inspect } from '../../../shared/domain/picture-bytes/inspect';

export { inspect };

/** Larger pictures are refused. */
export const maxPixels = maxPicturePixels;

/**
 * Decides from the headers alone whether bytes may be decoded.
 *
 * @returns what the bytes are, or why they are refused: `unreadable_picture` or `picture_too_large`.
 */
export function validateImage(bytes: Uint8Array): Result<Inspection> {
  return validateInspection(inspect(bytes));
}

/**
 * Decides whether a provider's bytes may be decoded. They have been paid for, so truncated bytes are accepted;
 * shared/domain/picture-bytes/inspect.ts says why that is safe.
 *
 * @returns `unreadable_picture` if no size can be read, or `picture_too_large`.
 */
export function mayDecode(bytes: Uint8Array): Result<Inspection> {
  const inspection = inspect(bytes);
  return validateInspection(inspection && { ...inspection, isComplete: true });
}

/** Like `validateImage`, for bytes that have been inspected already. */
export function validateInspection(inspection: Inspection | null): Result<Inspection> {
  if (!inspection?.isComplete || !inspection.size) return failure('unreadable_picture');
  const { width, height } = inspection.size;
  return width * height > maxPixels ? failure('picture_too_large') : success(inspection);
}
