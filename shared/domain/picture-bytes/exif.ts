// EXIF, as far as Afterimage reads it: orientation and UserComment. https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf
import type { Orientation } from './facts';
import { hasTextAt, viewOf } from './span';

export type Exif = {
  orientation: Orientation;
  /** With the eight bytes that say how it is encoded: 4.6.5. */
  userComment: Uint8Array | null;
  isLittleEndian: boolean;
};

const tags = { orientation: 0x0112, exifDirectory: 0x8769, userComment: 0x9286 } as const;
const types = { short: 3, long: 4 } as const;
/** Every directory begins with the number of its entries, in two bytes. */
const entryLength = 12;
/** More than any camera writes. */
const maxEntries = 512;

/**
 * Never throws.
 *
 * @param data from the TIFF header on.
 * @returns null when there is no TIFF header.
 */
export function readExif(data: Uint8Array): Exif | null {
  const isLittleEndian = hasTextAt(data, 0, 'II');
  if (data.length < 8 || (!isLittleEndian && !hasTextAt(data, 0, 'MM'))) return null;
  const reader = createReader(data, isLittleEndian);
  const main = reader.long(4);
  const orientation = findEntry(reader, main, tags.orientation);
  const directory = findEntry(reader, main, tags.exifDirectory);
  return {
    orientation: orientation?.type === types.short ? toOrientation(reader.short(orientation.valueAt)) : 1,
    userComment:
      directory?.type === types.long ? readComment(data, reader, reader.long(directory.valueAt)) : null,
    isLittleEndian,
  };
}

function readComment(data: Uint8Array, reader: Reader, directory: number): Uint8Array | null {
  const comment = findEntry(reader, directory, tags.userComment);
  if (!comment) return null;
  const start = reader.long(comment.valueAt);
  const isThere = comment.count >= 8 && start + comment.count <= data.length;
  return isThere ? data.subarray(start, start + comment.count) : null;
}

type Reader = { length: number; short: (at: number) => number; long: (at: number) => number };

/** Reads beyond the end as 0. */
function createReader(data: Uint8Array, isLittleEndian: boolean): Reader {
  const view = viewOf(data);
  const { length } = data;
  return {
    length,
    short: (at) => (at + 2 > length ? 0 : view.getUint16(at, isLittleEndian)),
    long: (at) => (at + 4 > length ? 0 : view.getUint32(at, isLittleEndian)),
  };
}

function findEntry(reader: Reader, directory: number, tag: number) {
  const count = Math.min(reader.short(directory), maxEntries);
  for (let index = 0; index < count; index += 1) {
    const at = directory + 2 + index * entryLength;
    if (at + entryLength > reader.length) return null;
    if (reader.short(at) !== tag) continue;
    return { type: reader.short(at + 2), count: reader.long(at + 4), valueAt: at + 8 };
  }
  return null;
}

function toOrientation(value: number): Orientation {
  const all: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];
  return all.find((orientation) => orientation === value) ?? 1;
}
