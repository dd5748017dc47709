// Reads the schema version in a WAL without opening the database: https://www.sqlite.org/fileformat2.html#walformat
import { closeSync, readSync } from 'node:fs';
import { openRegularSync } from '../../files/read-regular';

const walHeaderBytes = 32;
const frameHeaderBytes = 24;
/** The last bit says in which byte order the checksums are computed. */
const magicLittleEndian = 0x377f0682;
const magicBigEndian = 0x377f0683;
/** The place of `user_version` in page 1: https://www.sqlite.org/fileformat2.html#user_version_number */
const versionOffset = 60;

/**
 * Returns the `user_version` that the last committed copy of page 1 in the WAL has; null if there is none.
 *
 * Frames of an earlier run of the WAL have other salts, and unfinished ones no commit or another checksum: SQLite
 * ignores them, and so does this function.
 *
 * @param file the database, whose WAL has the same name with `-wal`.
 * @throws NotAFile if something else has the name of the WAL.
 */
export function readWalVersion(file: string): number | null {
  const handle = openRegularSync(`${file}-wal`);
  if (handle === null) return null;
  try {
    return findVersion((bytes) => readSync(handle, bytes, 0, bytes.length, null) === bytes.length);
  } finally {
    closeSync(handle);
  }
}

/** @param read fills the buffer with the next bytes of the WAL; false if there are not so many. */
function findVersion(read: (bytes: Buffer) => boolean): number | null {
  const header = Buffer.alloc(walHeaderBytes);
  if (!read(header)) return null;
  const magic = header.readUInt32BE(0);
  if (magic !== magicLittleEndian && magic !== magicBigEndian) return null;
  const isBigEndian = magic === magicBigEndian;
  const pageSize = header.readUInt32BE(8);
  if (pageSize < 512 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0) return null;
  let sum = addChecksum([0, 0], header.subarray(0, 24), isBigEndian);
  if (!isChecksumAt(header, 24, sum)) return null;

  const frame = Buffer.alloc(frameHeaderBytes + pageSize);
  let committed: number | null = null;
  let pending: number | null = null;
  while (read(frame) && frame.compare(header, 16, 24, 8, 16) === 0) {
    sum = addChecksum(sum, frame.subarray(0, 8), isBigEndian);
    sum = addChecksum(sum, frame.subarray(frameHeaderBytes), isBigEndian);
    if (!isChecksumAt(frame, 16, sum)) break;
    if (frame.readUInt32BE(0) === 1) pending = frame.readUInt32BE(frameHeaderBytes + versionOffset);
    // The last frame of a transaction has the size of the database; all others have 0.
    if (frame.readUInt32BE(4) !== 0) committed = pending;
  }
  return committed;
}

type Checksum = readonly [number, number];

/** @param bytes a multiple of 8. */
function addChecksum([first, second]: Checksum, bytes: Buffer, isBigEndian: boolean): Checksum {
  let [a, b] = [first, second];
  for (let at = 0; at < bytes.length; at += 8) {
    a = (a + (isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + b) >>> 0;
    b = (b + (isBigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + a) >>> 0;
  }
  return [a, b];
}

/** Checksums are stored in big-endian order, however they are computed. */
function isChecksumAt(bytes: Buffer, offset: number, [a, b]: Checksum): boolean {
  return bytes.readUInt32BE(offset) === a && bytes.readUInt32BE(offset + 4) === b;
}
