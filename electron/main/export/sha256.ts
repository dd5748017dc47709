// The hash that identifies files of a full export.
import { createHash } from 'node:crypto';

/** @returns hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
