// Reads the directory of a TIFF page: its fields, and the position of the next page.
import { viewOf } from '../../../../shared/domain/picture-bytes/span';
import { Refused } from './refused';

/** https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf */
export const tags = {
  subfileType: 254,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planarConfiguration: 284,
  predictor: 317,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  inkSet: 332,
  extraSamples: 338,
  sampleFormat: 339,
} as const;
/** Types of numbers in a field. */
const short = 3;
export const long = 4;
/** Bytes of the file's header. */
export const headerLength = 8;
/** Bytes of one field in the directory. */
export const entryLength = 12;
/** The only supported version number: BigTIFF has another one, and offsets of eight bytes. */
export const classic = 42;

export type Directory = {
  isLittle: boolean;
  /** Offset of the next page's directory; 0 for the last page. */
  next: number;
  /** Returns the integers of a field; an empty list if it is missing or has another type. */
  numbersOf: (tag: number) => number[];
  /** Returns the first number of a field. */
  first: (tag: number) => number | undefined;
};

type Entry = { at: number; type: number; count: number };

/**
 * Reads the fields of a page.
 *
 * @param place offset of its directory; absent: the first page.
 * @throws Refused for a file that ends before its first directory, Error for a BigTIFF, and RangeError for offsets
 *   beyond the end of the file.
 */
export function directoryOf(bytes: Uint8Array, place?: number): Directory {
  const view = viewOf(bytes);
  const isLittle = bytes[0] === 'I'.charCodeAt(0);
  if (view.getUint16(2, isLittle) !== classic) throw new Error('The file is of the larger form.');
  const start = place ?? view.getUint32(4, isLittle);
  // Most programs write the directory after the pixels, so it is missing if the file is truncated.
  if (place === undefined && start >= bytes.length) throw new Refused('truncated');
  const entries = new Map<number, Entry>();
  const count = view.getUint16(start, isLittle);
  const end = start + 2 + entryLength * count;
  for (let index = 0; index < count; index += 1) {
    const at = start + 2 + entryLength * index;
    const [type, count] = [view.getUint16(at + 2, isLittle), view.getUint32(at + 4, isLittle)];
    entries.set(view.getUint16(at, isLittle), { at, type, count });
  }
  function numbersOf(tag: number): number[] {
    const entry = entries.get(tag);
    if (!entry || (entry.type !== short && entry.type !== long)) return [];
    const length = entry.type === short ? 2 : 4;
    if (entry.count * length > bytes.length) throw new RangeError('The field is longer than the file.');
    const from = entry.count * length <= 4 ? entry.at + 8 : view.getUint32(entry.at + 8, isLittle);
    return Array.from({ length: entry.count }, (_, index) =>
      length === 2 ? view.getUint16(from + 2 * index, isLittle) : view.getUint32(from + 4 * index, isLittle),
    );
  }
  return {
    isLittle,
    // Some programs omit the final offset.
    next: end + 4 <= bytes.length ? view.getUint32(end, isLittle) : 0,
    numbersOf,
    first: (tag) => numbersOf(tag)[0],
  };
}

/** Returns whether another page follows that is not a reduced version of an earlier one. */
export function hasMorePages(bytes: Uint8Array, first: Directory): boolean {
  const seen = new Set([first.next]);
  for (let at = first.next; at > 0; ) {
    const page = directoryOf(bytes, at);
    if (((page.first(tags.subfileType) ?? 0) & 1) === 0) return true;
    if (seen.has(page.next)) return false;
    seen.add(page.next);
    at = page.next;
  }
  return false;
}
