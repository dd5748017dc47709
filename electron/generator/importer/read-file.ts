// Reads a file of unknown origin, and only as much of it as is needed to recognize a picture.
import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { maxImportBytes, type Skip, type SkipReason } from '../../../shared/domain/import';
import { foreignFormatOf, foreignHeadLength } from '../../../shared/domain/picture-bytes/foreign-format';
import { formatOf } from '../../../shared/domain/picture-bytes/format-of';
import type { ForeignFormat, PictureFormat } from '../../../shared/domain/picture-files';
import { isGone } from '../../files/is-gone';
import { isWithin } from '../../files/is-within';
import { inspect, validateInspection } from '../codec/inspect';

export type PictureBytes = {
  bytes: Buffer;
  /** A picture in a foreign format is converted when it is stored. */
  format: PictureFormat | ForeignFormat;
  /** UTC milliseconds. */
  modifiedAt: number;
};

/** A picture of more pixels than can be opened, and its size. */
export type TooLargePicture = Required<Skip>;

/** Do not follow a link that has replaced the file since it was listed, and do not block on a pipe. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Reads the file and validates it like a provider's bytes. Never throws.
 *
 * @param within a folder without links: a file that a link leads out of it is refused.
 * @returns the picture, or the reason why it was skipped.
 */
export async function readPictureFile(
  file: string,
  within?: string,
): Promise<PictureBytes | SkipReason | TooLargePicture> {
  let handle: FileHandle;
  try {
    handle = await open(file, flags);
  } catch (error) {
    return isGone(error) ? 'gone' : 'unreadable';
  }
  try {
    // Checked after opening, so that a folder that was replaced by a link since the listing is noticed.
    if (within !== undefined && !isWithin(await realpath(file), within)) return 'link';
    const stats = await handle.stat();
    if (!stats.isFile()) return 'not-a-picture';
    if (stats.size === 0) return 'empty';
    const head = await readFully(handle, Math.min(foreignHeadLength, stats.size));
    const foreign = head && !formatOf(head) ? foreignFormatOf(head) : null;
    if (!head || (!formatOf(head) && !foreign)) return 'not-a-picture';
    if (stats.size > maxImportBytes) return 'too-large';
    const bytes = await readFully(handle, stats.size);
    const { size, mtimeMs } = await handle.stat();
    if (!bytes || size !== stats.size || mtimeMs !== stats.mtimeMs) return 'changing';
    const modifiedAt = Math.max(0, Math.round(stats.mtimeMs));
    if (foreign) return { bytes, format: foreign, modifiedAt };
    const validated = validateFile(bytes);
    if (typeof validated === 'string' || 'reason' in validated) return validated;
    return { bytes, format: validated.format, modifiedAt };
  } catch {
    return 'unreadable';
  } finally {
    await handle.close();
  }
}

function validateFile(bytes: Uint8Array): { format: PictureFormat } | SkipReason | TooLargePicture {
  const inspection = inspect(bytes);
  if (!inspection) return 'not-a-picture';
  if (!inspection.isComplete) return 'truncated';
  const validated = validateInspection(inspection);
  if (validated.ok) return validated.value;
  const isTooLarge = validated.code === 'picture_too_large';
  return isTooLarge && inspection.size ? { reason: 'too-large', size: inspection.size } : 'unreadable';
}

/** Returns the first `length` bytes of the file; null if it has fewer. */
async function readFully(handle: FileHandle, length: number): Promise<Buffer | null> {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await handle.read(bytes, at, length - at, at);
    if (bytesRead === 0) return null;
    at += bytesRead;
  }
  return bytes;
}
