// The first bytes of a database file, read without opening it: https://www.sqlite.org/fileformat.html
import { closeSync, openSync, readSync } from 'node:fs';

export type Header = {
  /** What cannot be in a database of ours, or null where nothing contradicts. */
  problem: string | null;
  /** `user_version`; 0 where the file does not have so much of a header. */
  version: number;
};

/** @returns null where there is no file, or one that may not be read: opening it says what is wrong. */
export function readHeader(file: string): Header | null {
  const bytes = Buffer.alloc(100);
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch {
    return null;
  }
  try {
    const length = readSync(handle, bytes, 0, bytes.length, 0);
    return interpret(bytes.subarray(0, length));
  } finally {
    closeSync(handle);
  }
}

function interpret(bytes: Buffer): Header {
  if (bytes.length < 100) return { problem: 'it is shorter than a header', version: 0 };
  if (bytes.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    return { problem: 'it does not begin as a database', version: 0 };
  }
  const version = bytes.readUInt32BE(60);
  const pageSize = bytes.readUInt16BE(16) === 1 ? 65_536 : bytes.readUInt16BE(16);
  const isPageSize = pageSize >= 512 && (pageSize & (pageSize - 1)) === 0;
  // Formats that SQLite does not know it opens read-only or not at all; both would look like another trouble.
  const isFormat = [18, 19].every((at) => bytes[at] === 1 || bytes[at] === 2);
  return { problem: isPageSize && isFormat ? null : 'its header makes no sense', version };
}
