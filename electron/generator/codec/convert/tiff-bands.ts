// Reads the samples of a TIFF band by band, whether they are in strips or tiles, together or in planes.
import { constants, inflateSync } from 'node:zlib';
import { decode } from 'tiff';
import { maxConvertedPixels } from '../../../../shared/domain/import';
import { classic, type Directory, entryLength, headerLength, long, tags } from './tiff-directory';

/** Kinds of compression: those that the library unpacks, or this. */
const [plain, lzw, deflate, packBits, oldDeflate] = [1, 5, 8, 32_773, 32_946];
/** Kinds of samples: whole numbers with a sign, and numbers with a point. */
const [signed, floatingPoint] = [2, 3];
const blackIsZero = 1;
/** Samples of a band, but it has at least one row of strips or tiles. */
const samplesAtOnce = 16_000_000;
/** Of a strip or tile, unpacked: a whole picture of the maximum size, with alpha and sixteen bits. */
const maxBlockBytes = maxConvertedPixels * 8;

/** Whole rows of the picture. */
export type Band = {
  top: number;
  rows: number;
  /** As many for each pixel as the file has, one after the other. */
  data: Samples;
};

/** Where the samples of a picture are. */
type Layout = {
  bytes: Uint8Array;
  directory: Directory;
  width: number;
  height: number;
  /** Of a pixel. */
  samples: number;
  depth: number;
  sampleFormat: number;
  compression: number;
  /** How many samples are together: all of a pixel, or one in each plane. */
  together: number;
  isTiled: boolean;
  blockWidth: number;
  blockHeight: number;
  offsets: readonly number[];
  lengths: readonly number[];
};

/**
 * The library decodes a picture at once, and takes its tiles for rows of single samples. Here it gets each strip or tile as a
 * picture of its own, and only the samples count.
 *
 * @throws Error for what the library cannot read, or would read as other samples than they are.
 */
export function* bandsOf(bytes: Uint8Array, directory: Directory): Generator<Band> {
  const layout = layoutOf(bytes, directory);
  const { width, height, samples, together, isTiled, blockWidth, blockHeight } = layout;
  const across = Math.ceil(width / blockWidth);
  const down = Math.ceil(height / blockHeight);
  const planes = samples / together;
  if (layout.offsets.length < across * down * planes) throw new Error('Strips or tiles are missing.');
  if (rowLengthOf(layout) * blockHeight > maxBlockBytes) throw new Error('A strip or tile is too large.');
  const isWhole = across === 1 && blockWidth === width && planes === 1;
  const blocksAtOnce = Math.max(1, Math.floor(samplesAtOnce / (width * blockHeight * samples)));
  for (let first = 0; first < down; first += blocksAtOnce) {
    const count = Math.min(blocksAtOnce, down - first);
    const top = first * blockHeight;
    const rows = Math.min(count * blockHeight, height - top);
    if (isWhole) {
      yield* stripsOf(layout, first, count, { top, rows });
      continue;
    }
    let data: Samples | null = null;
    for (let plane = 0; plane < planes; plane += 1) {
      for (let at = first * across; at < (first + count) * across; at += 1) {
        const place = { left: (at % across) * blockWidth, top: Math.floor(at / across) * blockHeight - top };
        // Tiles are whole at the edges too.
        const blockRows = isTiled ? blockHeight : Math.min(blockHeight, rows - place.top);
        const block = decodeBlocks(layout, plane * across * down + at, 1, blockRows);
        data ??= emptyLike(block, width * rows * samples);
        copyInto(data, block, layout, { ...place, rows, plane });
      }
    }
    if (data) yield { top, rows, data };
  }
}

export type Samples = Uint8Array | Uint16Array | Float32Array | Float64Array;

function layoutOf(bytes: Uint8Array, directory: Directory): Layout {
  const { numbersOf, first } = directory;
  const [width, height] = [first(tags.width) ?? 0, first(tags.height) ?? 0];
  const samples = first(tags.samplesPerPixel) ?? 1;
  const depths = numbersOf(tags.bitsPerSample);
  const depth = depths[0] ?? 1;
  if (depths.some((each) => each !== depth)) throw new Error('The samples of a pixel are of several sizes.');
  const sampleFormat = first(tags.sampleFormat) ?? 1;
  // The library takes both for whole numbers without a sign.
  if (sampleFormat === signed || (sampleFormat === floatingPoint && depth < 32))
    throw new Error('The samples are of a kind that the library does not know.');
  const tileWidth = first(tags.tileWidth);
  const isTiled = tileWidth !== undefined;
  const blockHeight = isTiled ? first(tags.tileHeight) : Math.min(first(tags.rowsPerStrip) ?? height, height);
  const offsets = numbersOf(isTiled ? tags.tileOffsets : tags.stripOffsets);
  const lengths = numbersOf(isTiled ? tags.tileByteCounts : tags.stripByteCounts);
  if (tileWidth === 0 || !blockHeight) throw new Error('The strips or tiles have no size.');
  return {
    ...{
      bytes,
      directory,
      width,
      height,
      samples,
      depth,
      sampleFormat,
      offsets,
      lengths,
      isTiled,
      blockHeight,
    },
    compression: first(tags.compression) ?? plain,
    together: first(tags.planarConfiguration) === 2 ? 1 : samples,
    blockWidth: tileWidth ?? width,
  };
}

/** Bytes of a row of a strip or tile. */
function rowLengthOf({ blockWidth, together, depth }: Layout): number {
  return Math.ceil((blockWidth * together * depth) / 8);
}

/** A strip that is a whole picture is unpacked at once, but its rows are decoded in parts where they are known. */
function* stripsOf(
  layout: Layout,
  first: number,
  count: number,
  { top, rows }: { top: number; rows: number },
): Generator<Band> {
  const rowLength = rowLengthOf(layout);
  const rowsAtOnce = Math.max(1, Math.floor(samplesAtOnce / (layout.width * layout.samples)));
  if (count > 1 || rows <= rowsAtOnce || layout.compression === lzw) {
    yield { top, rows, data: decodeBlocks(layout, first, count, rows) };
    return;
  }
  const block = unpackBlock(layout, first);
  for (let from = 0; from < rows; from += rowsAtOnce) {
    const some = Math.min(rowsAtOnce, rows - from);
    const part = block.subarray(from * rowLength, (from + some) * rowLength);
    yield { top: top + from, rows: some, data: decodeRows(layout, [part], some) };
  }
}

/** Decodes strips that follow each other, or one tile. */
function decodeBlocks(layout: Layout, first: number, count: number, rows: number): Samples {
  const blocks = Array.from({ length: count }, (_, index) => unpackBlock(layout, first + index));
  return decodeRows(layout, blocks, rows);
}

function unpackBlock(layout: Layout, index: number): Uint8Array {
  const maxBytes = rowLengthOf(layout) * layout.blockHeight;
  const offset = layout.offsets[index] ?? 0;
  // Some programs leave out the lengths of what is not compressed.
  const length = layout.lengths[index] ?? maxBytes;
  return unpack(layout.bytes.subarray(offset, offset + length), layout.compression, maxBytes);
}

function decodeRows(layout: Layout, blocks: readonly Uint8Array[], rows: number): Samples {
  const compression = layout.compression === lzw ? lzw : plain;
  const [page] = decode(buildTiff(layout, blocks, rows, compression), { pages: [0] });
  const data: unknown = page?.data;
  if (!isSamples(data)) throw new Error('The library has decoded no samples.');
  return data;
}

function isSamples(data: unknown): data is Samples {
  return [Uint8Array, Uint16Array, Float32Array, Float64Array].some((type) => data instanceof type);
}

/** @throws Error for more than `maxBytes`, and for a compression that is unknown. */
function unpack(block: Uint8Array, compression: number, maxBytes: number): Uint8Array {
  switch (compression) {
    case plain:
    case lzw:
      return block;
    case packBits:
      return unpackBits(block, maxBytes);
    case deflate:
    case oldDeflate:
      // Not every program writes the end.
      return inflateSync(block, { maxOutputLength: maxBytes, finishFlush: constants.Z_SYNC_FLUSH });
    default:
      throw new Error('The compression is unknown.');
  }
}

/** A file that has only these strips, and says nothing of the colours that the samples stand for. */
function buildTiff(
  { directory, blockWidth, blockHeight, together, depth, sampleFormat }: Layout,
  blocks: readonly Uint8Array[],
  rows: number,
  compression: number,
): Uint8Array {
  const { isLittle } = directory;
  const starts: number[] = [];
  let end = headerLength;
  for (const { length } of blocks) {
    starts.push(end);
    end += length;
  }
  const fields: [tag: number, numbers: readonly number[]][] = [
    [tags.width, [blockWidth]],
    [tags.height, [rows]],
    [tags.bitsPerSample, [depth]],
    [tags.compression, [compression]],
    [tags.photometric, [blackIsZero]],
    [tags.stripOffsets, starts],
    [tags.samplesPerPixel, [together]],
    [tags.rowsPerStrip, [blockHeight]],
    [tags.stripByteCounts, blocks.map(({ length }) => length)],
    [tags.predictor, [directory.first(tags.predictor) ?? 1]],
    [tags.sampleFormat, [sampleFormat]],
  ];
  const lists = end + 2 + entryLength * fields.length + 4;
  const file = new Uint8Array(lists + 8 * blocks.length);
  const view = new DataView(file.buffer);
  file.set(isLittle ? [0x49, 0x49] : [0x4d, 0x4d]);
  view.setUint16(2, classic, isLittle);
  view.setUint32(4, end, isLittle);
  blocks.forEach((block, index) => {
    file.set(block, starts[index]);
  });
  view.setUint16(end, fields.length, isLittle);
  let listAt = lists;
  fields.forEach(([tag, numbers], index) => {
    const at = end + 2 + entryLength * index;
    view.setUint16(at, tag, isLittle);
    view.setUint16(at + 2, long, isLittle);
    view.setUint32(at + 4, numbers.length, isLittle);
    // One number is in the field itself.
    if (numbers.length === 1) view.setUint32(at + 8, numbers[0] ?? 0, isLittle);
    else {
      view.setUint32(at + 8, listAt, isLittle);
      for (const number of numbers) {
        view.setUint32(listAt, number, isLittle);
        listAt += 4;
      }
    }
  });
  return file;
}

type Place = { left: number; top: number; rows: number; plane: number };

/** Leaves out what is beyond the edges. */
function copyInto(
  data: Samples,
  block: Samples,
  { width, samples, together, blockWidth, blockHeight }: Layout,
  { left, top, rows, plane }: Place,
): void {
  const columns = Math.min(blockWidth, width - left);
  for (let y = 0; y < Math.min(blockHeight, rows - top); y += 1) {
    const from = y * blockWidth * together;
    const to = ((top + y) * width + left) * samples + plane;
    if (together === samples) data.set(block.subarray(from, from + columns * samples), to);
    else for (let x = 0; x < columns; x += 1) data[to + x * samples] = block[from + x] ?? 0;
  }
}

function emptyLike(samples: Samples, length: number): Samples {
  if (samples instanceof Uint8Array) return new Uint8Array(length);
  if (samples instanceof Uint16Array) return new Uint16Array(length);
  return samples instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
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
  if (length > maxBytes) throw new Error('The strip is longer than its rows.');
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
