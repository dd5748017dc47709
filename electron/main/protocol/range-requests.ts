// HTTP's conditions and ranges, as far as a picture needs them: https://www.rfc-editor.org/rfc/rfc9110
import { z } from 'zod';

/** A part of a file: the first byte and the one behind the last. */
export type ByteRange = { start: number; end: number };

/** @returns whether the one who asks has this version already (RFC 9110, 13.1.2). */
export function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}

const rangePattern = /^bytes=(?:(\d{1,15})-(\d{1,15})?|-(\d{1,15}))$/i;
const number = z.coerce.number();

/**
 * Reads a `Range` of one part (RFC 9110, 14.1.2).
 *
 * @param size of the file in bytes.
 * @returns the part; `none` where the whole is to be sent, as for several parts or what is no range;
 *   `unsatisfiable` where the file has no such part.
 */
export function readRange(header: string | null, size: number): ByteRange | 'none' | 'unsatisfiable' {
  const [matched, first, last, suffix] = rangePattern.exec(header?.trim() ?? '') ?? [];
  if (matched === undefined) return 'none';
  if (suffix !== undefined) {
    const length = Math.min(number.parse(suffix), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size };
  }
  const start = number.parse(first);
  const end = last === undefined ? size : number.parse(last) + 1;
  // A last byte before the first makes it no range at all.
  if (end <= start && last !== undefined) return 'none';
  return start >= size ? 'unsatisfiable' : { start, end: Math.min(end, size) };
}
