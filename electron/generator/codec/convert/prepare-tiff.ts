// Brings TIFFs of kinds that the library does not read into a form that it reads: PackBits, CMYK and any orientation.
import { viewOf } from '../../../../shared/domain/picture-bytes/span';

/** https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf */
const tags = {
  subfileType: 254,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  stripByteCounts: 279,
  planarConfiguration: 284,
  tileWidth: 322,
  inkSet: 332,
  sampleFormat: 339,
} as const;
const [short, long] = [3, 4];
const packBits = 32_773;
const [rgb, separated] = [2, 5];
/** The only form that this reads: another one has places of eight bytes. */
const classic = 42;
/** Kinds of samples: whole numbers with a sign, and numbers with a point. */
const [signed, floatingPoint] = [2, 3];

type Entry = { at: number; type: number; count: number };

/** `isCmyk`: the samples of a pixel are cyan, magenta, yellow and black, although the copy says that they are RGB. */
export type PreparedTiff = { bytes: Uint8Array; isCmyk: boolean; hasMorePages: boolean };

/**
 * Returns a copy that says it is upright, because the library refuses others.
 *
 * @param maxBytes of the pixels.
 * @throws Error for what the library would read as another picture than it is.
 */
export function prepareTiff(bytes: Uint8Array, maxBytes: number): PreparedTiff {
  const isLittle = bytes[0] === 'I'.charCodeAt(0);
  if (viewOf(bytes).getUint16(2, isLittle) !== classic) throw new Error('The file is of the larger form.');
  const directory = directoryOf(bytes);
  const { entries, numbersOf } = directory;
  const first = (tag: number) => numbersOf(tag)[0];
  const samples = first(tags.samplesPerPixel) ?? 1;
  // The library takes the planes for pixels, and only the first sample of each pixel of a tile.
  if (samples > 1 && (first(tags.planarConfiguration) === 2 || entries.has(tags.tileWidth)))
    throw new Error('The samples of a pixel are apart.');
  // The library takes both for whole numbers without a sign.
  const format = first(tags.sampleFormat);
  if (format === signed || (format === floatingPoint && (first(tags.bitsPerSample) ?? 0) < 32))
    throw new Error('The samples are of a kind that the library does not know.');
  const isCmyk = first(tags.photometric) === separated;
  if (isCmyk && (samples < 4 || (first(tags.inkSet) ?? 1) !== 1)) throw new Error('The inks are unknown.');
  const isPacked = first(tags.compression) === packBits;
  const strips: Uint8Array[] = [];
  if (isPacked) {
    const lengths = numbersOf(tags.stripByteCounts);
    let left = maxBytes;
    for (const [index, offset] of numbersOf(tags.stripOffsets).entries()) {
      const strip = unpackBits(bytes.subarray(offset, offset + (lengths[index] ?? 0)), left);
      left -= strip.length;
      strips.push(strip);
    }
  }
  const copy = withStrips(bytes, strips, directory);
  const set = (tag: number, value: number) => {
    const entry = entries.get(tag);
    if (entry) writeShort(copy, entry, value, directory.isLittle);
  };
  set(tags.orientation, 1);
  if (isPacked) set(tags.compression, 1);
  if (isCmyk) set(tags.photometric, rgb);
  return { bytes: copy, isCmyk, hasMorePages: hasMorePages(bytes, directory) };
}

/** Whether a page follows that is no smaller version of another one. */
function hasMorePages(bytes: Uint8Array, first: Directory): boolean {
  const seen = new Set([first.next]);
  for (let at = first.next; at > 0; ) {
    const { numbersOf, next } = directoryOf(bytes, at);
    if (((numbersOf(tags.subfileType)[0] ?? 0) & 1) === 0) return true;
    if (seen.has(next)) return false;
    seen.add(next);
    at = next;
  }
  return false;
}

type Directory = {
  isLittle: boolean;
  /** Where the next page's begins; 0: it is the last one. */
  next: number;
  entries: ReadonlyMap<number, Entry>;
  /** Returns the whole numbers of a field; none if it is missing or has other values. */
  numbersOf: (tag: number) => number[];
};

/**
 * Reads the entries of a page.
 *
 * @param place of its directory; absent: the first page.
 * @throws RangeError beyond the end of the file.
 */
function directoryOf(bytes: Uint8Array, place?: number): Directory {
  const view = viewOf(bytes);
  const isLittle = bytes[0] === 'I'.charCodeAt(0);
  const start = place ?? view.getUint32(4, isLittle);
  const entries = new Map<number, Entry>();
  const count = view.getUint16(start, isLittle);
  const end = start + 2 + 12 * count;
  for (let index = 0; index < count; index += 1) {
    const at = start + 2 + 12 * index;
    const [type, count] = [view.getUint16(at + 2, isLittle), view.getUint32(at + 4, isLittle)];
    entries.set(view.getUint16(at, isLittle), { at, type, count });
  }
  return {
    isLittle,
    // Some programs leave out what says that there is no other page.
    next: end + 4 <= bytes.length ? view.getUint32(end, isLittle) : 0,
    entries,
    numbersOf(tag) {
      const entry = entries.get(tag);
      if (!entry || (entry.type !== short && entry.type !== long)) return [];
      const length = entry.type === short ? 2 : 4;
      if (entry.count * length > bytes.length) throw new RangeError('The field is longer than the file.');
      const from = entry.count * length <= 4 ? entry.at + 8 : view.getUint32(entry.at + 8, isLittle);
      return Array.from({ length: entry.count }, (_, index) =>
        length === 2
          ? view.getUint16(from + 2 * index, isLittle)
          : view.getUint32(from + 4 * index, isLittle),
      );
    },
  };
}

/** A value of one field fits into its entry. */
function writeShort(bytes: Uint8Array, { at, type }: Entry, value: number, isLittle: boolean): void {
  const view = viewOf(bytes);
  if (type === long) view.setUint32(at + 8, value, isLittle);
  else view.setUint16(at + 8, value, isLittle);
}

/** Returns a copy, with these strips and their places behind the rest. None: only the copy. */
function withStrips(
  bytes: Uint8Array,
  strips: readonly Uint8Array[],
  { isLittle, entries }: Directory,
): Uint8Array {
  const total = strips.reduce((sum, { length }) => sum + length, 0);
  const copy = new Uint8Array(bytes.length + total + 8 * strips.length);
  copy.set(bytes);
  if (strips.length === 0) return copy;
  const view = viewOf(copy);
  const lists = bytes.length + total;
  let at = bytes.length;
  strips.forEach((strip, index) => {
    copy.set(strip, at);
    view.setUint32(lists + 4 * index, at, isLittle);
    view.setUint32(lists + 4 * (strips.length + index), strip.length, isLittle);
    at += strip.length;
  });
  const place = (tag: number, start: number) => {
    const entry = entries.get(tag);
    if (!entry) throw new Error('The file does not say where its strips are.');
    view.setUint16(entry.at + 2, long, isLittle);
    view.setUint32(entry.at + 4, strips.length, isLittle);
    // One number is in the entry itself.
    const value = strips.length === 1 ? view.getUint32(start, isLittle) : start;
    view.setUint32(entry.at + 8, value, isLittle);
  };
  place(tags.stripOffsets, lists);
  place(tags.stripByteCounts, lists + 4 * strips.length);
  return copy;
}

/**
 * Section 9 of the specification: a count, then so many bytes and one more, or a byte to repeat.
 *
 * @throws Error if the result would be longer than `maxBytes`.
 */
function unpackBits(packed: Uint8Array, maxBytes: number): Uint8Array {
  let length = 0;
  for (let at = 0; at < packed.length; ) {
    const count = packed[at] ?? 0;
    if (count < 128) length += count + 1;
    else if (count > 128) length += 257 - count;
    at += count < 128 ? count + 2 : count === 128 ? 1 : 2;
  }
  if (length > maxBytes) throw new Error('The strips are longer than the picture.');
  const unpacked = new Uint8Array(length);
  let to = 0;
  for (let at = 0; at < packed.length; ) {
    const count = packed[at] ?? 0;
    if (count < 128) {
      unpacked.set(packed.subarray(at + 1, at + 2 + count), to);
      to += count + 1;
      at += count + 2;
    } else if (count === 128) at += 1;
    else {
      unpacked.fill(packed[at + 1] ?? 0, to, to + 257 - count);
      to += 257 - count;
      at += 2;
    }
  }
  return unpacked;
}
