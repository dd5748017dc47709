// Conditional and range requests of HTTP, as far as pictures need them: https://www.rfc-editor.org/rfc/rfc9110
import { z } from 'zod';

/** Byte offsets in a file; `end` is exclusive. */
export type ByteRange = { start: number; end: number };

/** Returns whether an `If-None-Match` header lists this ETag (RFC 9110, 13.1.2). */
export function matchesEtag(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}

const rangePattern = /^bytes=(?:(\d{1,15})-(\d{1,15})?|-(\d{1,15}))$/i;
const number = z.coerce.number();

/**
 * Parses a `Range` header with a single range (RFC 9110, 14.1.2).
 *
 * @param size of the file in bytes.
 * @returns `none` if the whole file should be sent, as for several ranges or an invalid header; `unsatisfiable` if the
 *   range lies outside the file.
 */
export function parseRange(header: string | null, size: number): ByteRange | 'none' | 'unsatisfiable' {
  const [matched, first, last, suffix] = rangePattern.exec(header?.trim() ?? '') ?? [];
  if (matched === undefined) return 'none';
  if (suffix !== undefined) {
    const length = Math.min(number.parse(suffix), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size };
  }
  const start = number.parse(first);
  const end = last === undefined ? size : number.parse(last) + 1;
  // A range whose last byte precedes its first is invalid and is ignored.
  if (end <= start && last !== undefined) return 'none';
  return start >= size ? 'unsatisfiable' : { start, end: Math.min(end, size) };
}
