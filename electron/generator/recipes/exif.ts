// EXIF, as far as it holds a recipe: the UserComment. https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf

/** Tags, and the type that points to another directory. */
const exifDirectory = 0x8769;
const userComment = 0x9286;
const long = 4;
/** Two bytes of a count, then twelve an entry. */
const entrySize = 12;
/** More than any camera writes. */
const maxEntries = 512;

/**
 * @param data from the TIFF header on.
 * @returns the text, or null where there is none that can be read. Never throws.
 */
export function readUserComment(data: Buffer): string | null {
  const order = data.toString('latin1', 0, 2);
  if (data.length < 8 || (order !== 'II' && order !== 'MM')) return null;
  const isLittle = order === 'II';
  const read = { short: readerOf(data, 2, isLittle), long: readerOf(data, 4, isLittle) };
  const exif = findEntry(data, read, read.long(4), exifDirectory);
  if (exif?.type !== long) return null;
  const comment = findEntry(data, read, exif.value, userComment);
  if (!comment || comment.count < 8 || comment.value + comment.count > data.length) return null;
  return decodeComment(data.subarray(comment.value, comment.value + comment.count), isLittle);
}

/** Reads beyond the end as 0. */
function readerOf(data: Buffer, size: 2 | 4, isLittle: boolean): (at: number) => number {
  return (at) => {
    if (at < 0 || at + size > data.length) return 0;
    return isLittle ? data.readUIntLE(at, size) : data.readUIntBE(at, size);
  };
}

type Readers = { short: (at: number) => number; long: (at: number) => number };

function findEntry(data: Buffer, read: Readers, directory: number, wanted: number) {
  const count = Math.min(read.short(directory), maxEntries);
  for (let index = 0; index < count; index += 1) {
    const at = directory + 2 + index * entrySize;
    if (at + entrySize > data.length) return null;
    if (read.short(at) !== wanted) continue;
    return { type: read.short(at + 2), count: read.long(at + 4), value: read.long(at + 8) };
  }
  return null;
}

/** Eight bytes say how it is encoded: 4.6.5, "UserComment". */
function decodeComment(comment: Buffer, isLittle: boolean): string | null {
  const encoding = comment.toString('latin1', 0, 8);
  const body = comment.subarray(8);
  if (encoding.startsWith('UNICODE')) return decodeUtf16(body, isLittle);
  if (encoding.startsWith('ASCII') || encoding === '\0'.repeat(8)) return body.toString('utf8');
  return null;
}

/**
 * Automatic1111 writes big-endian whatever the header says (piexif's `UserComment.dump`), others follow the header.
 * A recipe begins with plain letters, of which each has one null byte: it tells which.
 */
function decodeUtf16(body: Buffer, isLittle: boolean): string {
  const even = body.subarray(0, body.length - (body.length % 2));
  const [first, second] = even;
  const isBig = first === 0 ? true : second === 0 ? false : !isLittle;
  return isBig ? Buffer.from(even).swap16().toString('utf16le') : even.toString('utf16le');
}
