// EXIF, as far as Afterimage reads it: orientation, times and texts. https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf
import type { Orientation } from './facts';
import { hasTextAt, viewOf } from './span';

/** The texts that are read, by their tags: 4.6.4 and 4.6.5. */
const textTags = [
  ['description', 0x010e],
  ['make', 0x010f],
  ['model', 0x0110],
  ['software', 0x0131],
  ['changedAt', 0x0132],
  ['takenAt', 0x9003],
  ['digitizedAt', 0x9004],
  // The time zones of `takenAt` and `changedAt`, such as "+02:00".
  ['takenAtZone', 0x9011],
  ['changedAtZone', 0x9010],
] as const;
export type ExifTexts = { [Name in (typeof textTags)[number][0]]?: Uint8Array };

export type Exif = {
  orientation: Orientation;
  /** Includes the eight bytes for its encoding (4.6.5), which some writers leave out. */
  userComment: Uint8Array | null;
  /** Up to the first null byte, in an unknown encoding. */
  texts: ExifTexts;
  isLittleEndian: boolean;
};

const tags = { orientation: 0x0112, exifDirectory: 0x8769, userComment: 0x9286 } as const;
const types = { short: 3, long: 4 } as const;
/** Types of one byte a value: BYTE, ASCII and UNDEFINED. */
const byteTypes: readonly number[] = [1, 2, 7];
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
  const main = readDirectory(reader, reader.long(4));
  const orientation = main.get(tags.orientation);
  const pointer = main.get(tags.exifDirectory);
  const more: Directory =
    pointer?.type === types.long ? readDirectory(reader, reader.long(pointer.valueAt)) : new Map();
  const bytesOf = (tag: number) => {
    const entry = more.get(tag) ?? main.get(tag);
    return entry ? readBytes(data, reader, entry) : null;
  };
  const texts: ExifTexts = {};
  for (const [name, tag] of textTags) {
    const bytes = bytesOf(tag);
    const end = bytes?.indexOf(0) ?? -1;
    if (bytes) texts[name] = end < 0 ? bytes : bytes.subarray(0, end);
  }
  return {
    orientation: orientation?.type === types.short ? toOrientation(reader.short(orientation.valueAt)) : 1,
    // Pillow writes it among the main entries.
    userComment: bytesOf(tags.userComment),
    texts,
    isLittleEndian,
  };
}

type Reader = { length: number; short: (at: number) => number; long: (at: number) => number };
type Entry = { type: number; count: number; valueAt: number };
type Directory = Map<number, Entry>;

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

/** The first entry counts where a tag occurs twice. */
function readDirectory(reader: Reader, directory: number): Directory {
  const entries: Directory = new Map();
  const count = Math.min(reader.short(directory), maxEntries);
  for (let index = 0; index < count; index += 1) {
    const at = directory + 2 + index * entryLength;
    if (at + entryLength > reader.length) break;
    const tag = reader.short(at);
    if (!entries.has(tag)) {
      entries.set(tag, { type: reader.short(at + 2), count: reader.long(at + 4), valueAt: at + 8 });
    }
  }
  return entries;
}

/** A value of up to four bytes is in its entry, a longer one elsewhere. */
function readBytes(data: Uint8Array, reader: Reader, { type, count, valueAt }: Entry): Uint8Array | null {
  if (!byteTypes.includes(type) || count === 0) return null;
  const start = count <= 4 ? valueAt : reader.long(valueAt);
  return start + count <= data.length ? data.subarray(start, start + count) : null;
}

function toOrientation(value: number): Orientation {
  const all: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];
  return all.find((orientation) => orientation === value) ?? 1;
}
