// Cuts the samples of a TIFF into strips or tiles, and compresses them.
import { deflateSync } from 'node:zlib';

export type TiffCompression = 'deflate' | 'lzw' | 'packBits';

export type TiffBlocks = {
  /** Number of rows in each strip; absent: one strip for all rows. */
  rowsPerStrip?: number;
  /** In place of strips. */
  tile?: { width: number; height: number };
  /** Whether the first samples of all pixels come first, then all second ones, and so on. */
  isPlanar?: boolean;
};

type Samples = {
  width: number;
  height: number;
  /** Number of samples in each pixel. */
  samples: number;
  depth: 8 | 16;
  bytes: Buffer;
};

/** Tiles reach beyond the right and the lower edge, where they are filled with something else. */
export function cutIntoBlocks(all: Samples, { rowsPerStrip, tile, isPlanar }: TiffBlocks): Samples[] {
  const { width, height, samples, depth, bytes } = all;
  const blockWidth = tile?.width ?? width;
  const blockHeight = tile?.height ?? rowsPerStrip ?? height;
  const length = depth / 8;
  const planes = isPlanar
    ? Array.from({ length: samples }, (_, index) => [index])
    : [[...Array(samples).keys()]];
  return planes.flatMap((plane) =>
    starts(height, blockHeight).flatMap((top) =>
      starts(width, blockWidth).map((left) => {
        const rows = tile ? blockHeight : Math.min(blockHeight, height - top);
        const block = Buffer.alloc(blockWidth * rows * plane.length * length, 0x55);
        const columns = Math.min(blockWidth, width - left);
        for (let y = 0; y < Math.min(rows, height - top); y += 1) {
          const from = ((top + y) * width + left) * samples * length;
          const row = bytes.subarray(from, from + columns * samples * length);
          const picked =
            plane.length === samples ? row : pick(row, samples * length, (plane[0] ?? 0) * length, length);
          picked.copy(block, y * blockWidth * plane.length * length);
        }
        return { width: blockWidth, height: rows, samples: plane.length, depth, bytes: block };
      }),
    ),
  );
}

const starts = (total: number, step: number) =>
  Array.from({ length: Math.ceil(total / step) }, (_, index) => index * step);

/** Returns a part of each pixel. */
function pick(row: Buffer, pixelLength: number, from: number, length: number): Buffer {
  const pixels = starts(row.length, pixelLength);
  return Buffer.concat(pixels.map((at) => row.subarray(at + from, at + from + length)));
}

/** Section 14 of the specification: each sample of a row becomes the difference to that of the pixel before. */
export function predict({ width, samples, depth, bytes }: Samples): Buffer {
  const length = depth / 8;
  const result = Buffer.from(bytes);
  const rowLength = width * samples * length;
  for (let row = 0; row < bytes.length; row += rowLength) {
    for (let at = row + samples * length; at < row + rowLength; at += length) {
      const before = at - samples * length;
      if (depth === 8) result[at] = (bytes[at] ?? 0) - (bytes[before] ?? 0);
      else result.writeUInt16LE((bytes.readUInt16LE(at) - bytes.readUInt16LE(before)) & 0xffff, at);
    }
  }
  return result;
}

export function compressionCode(compression: TiffCompression | undefined): number {
  return compression === undefined ? 1 : { deflate: 8, lzw: 5, packBits: 32_773 }[compression];
}

export function compressBlock(bytes: Buffer, compression: TiffCompression | undefined): Buffer {
  if (compression === 'deflate') return deflateSync(bytes);
  if (compression === 'lzw') return packLzw(bytes);
  return compression === 'packBits' ? packBits(bytes) : bytes;
}

/** Section 13 of the specification. The table is emptied before it would need codes of more than twelve bits. */
export function packLzw(bytes: Uint8Array): Buffer {
  const [clear, end, firstFree, lastFree] = [256, 257, 258, 4094];
  const packed: number[] = [];
  const table = new Map<string, number>();
  let [held, count, next, previous] = [0, 0, firstFree, ''];
  const put = (code: number) => {
    // With one code more than the decoder knows, lengths change one code early.
    const length = Math.max(9, Math.ceil(Math.log2(next + 1)));
    held = (held << length) | code;
    for (count += length; count >= 8; count -= 8) packed.push((held >> (count - 8)) & 255);
    held &= (1 << count) - 1;
  };
  const codeOf = (text: string) => (text.length === 1 ? text.charCodeAt(0) : (table.get(text) ?? end));
  put(clear);
  for (const byte of bytes) {
    const longer = previous + String.fromCharCode(byte);
    if (longer.length === 1 || table.has(longer)) {
      previous = longer;
      continue;
    }
    put(codeOf(previous));
    table.set(longer, next);
    next += 1;
    previous = String.fromCharCode(byte);
    if (next < lastFree) continue;
    put(clear);
    table.clear();
    next = firstFree;
  }
  if (previous !== '') {
    put(codeOf(previous));
    next += 1;
  }
  put(end);
  if (count > 0) packed.push((held << (8 - count)) & 255);
  return Buffer.from(packed);
}

/** Runs of one byte, and other bytes one by one. A run in the middle of which nothing is (128) comes first. */
function packBits(bytes: Buffer): Buffer {
  const packed = [128];
  for (let at = 0; at < bytes.length; ) {
    let end = at + 1;
    while (end < bytes.length && end - at < 128 && bytes[end] === bytes[at]) end += 1;
    packed.push(end - at > 1 ? 257 - (end - at) : 0, bytes[at] ?? 0);
    at = end;
  }
  return Buffer.from(packed);
}
