// The hash by which an export recognizes its files.
import { createHash } from 'node:crypto';

/** @returns hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
