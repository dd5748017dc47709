// Reads the header of a database file without opening the database: https://www.sqlite.org/fileformat.html
import { closeSync, readSync } from 'node:fs';
import { openRegularSync } from '../../files/read-regular';
import { readWalVersion } from './wal-version';

export type Header = {
  /** A description of what is invalid in the header; null if nothing is. */
  problem: string | null;
  /** Whether an interrupted write of the first page could also look like this. */
  mayBeUnfinished: boolean;
  /** `user_version`; 0 if the header is too short for it. */
  version: number;
};

/**
 * Returns null if the file is missing or unreadable. Opening it then reports why.
 *
 * @throws NotAFile if something else has its name, such as a pipe, which SQLite would open as an empty database.
 */
export function readHeader(file: string): Header | null {
  const bytes = Buffer.alloc(100);
  const handle = openRegularSync(file);
  if (handle === null) return null;
  try {
    const length = readSync(handle, bytes, 0, bytes.length, 0);
    return parseHeader(bytes.subarray(0, length));
  } finally {
    closeSync(handle);
  }
}

/**
 * Returns the schema version of a database including its WAL, which may hold a newer one after a crash; 0 if there is
 * none. Changes no file.
 */
export function readStoredVersion(file: string): number {
  return Math.max(readHeader(file)?.version ?? 0, readWalVersion(file) ?? 0);
}

function parseHeader(bytes: Buffer): Header {
  if (bytes.length < 100)
    return { problem: 'it is shorter than a header', mayBeUnfinished: true, version: 0 };
  if (bytes.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    return { problem: 'it does not start like a database', mayBeUnfinished: true, version: 0 };
  }
  const version = bytes.readUInt32BE(60);
  const pageSize = bytes.readUInt16BE(16) === 1 ? 65_536 : bytes.readUInt16BE(16);
  const isPageSize = pageSize >= 512 && (pageSize & (pageSize - 1)) === 0;
  // SQLite opens unknown formats read-only or not at all, which would look like a different problem.
  const isFormat = [18, 19].every((at) => bytes[at] === 1 || bytes[at] === 2);
  const problem = isPageSize && isFormat ? null : 'its header makes no sense';
  return { problem, mayBeUnfinished: false, version };
}
