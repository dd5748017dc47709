// Reads the samples of a TIFF band by band, from strips or tiles, interleaved or in separate planes.
import { decode } from 'tiff';
import { maxConvertedPixels } from '../../../../shared/domain/import';
import { classic, type Directory, entryLength, headerLength, long, tags } from './tiff-directory';
import { plain, unpack, unpackParts } from './tiff-unpack';

/** Values of SampleFormat: signed integer and floating point. */
const [signed, floatingPoint] = [2, 3];
const blackIsZero = 1;
/** Samples per band. A band has at least one row of strips or tiles, unless these are unpacked in parts. */
const defaultSamplesAtOnce = 16_000_000;
/**
 * Maximum number of large strips or tiles that are unpacked in parts at the same time, because each needs its own
 * decoder.
 */
const maxUnpackedAtOnce = 16;
/** Maximum unpacked size of a strip or tile: a whole picture of the maximum size with alpha and 16-bit samples. */
const maxBlockBytes = maxConvertedPixels * 8;

/** Whole rows of the picture. */
export type Band = {
  top: number;
  rows: number;
  /** All samples of a pixel, then those of the next, as many as the file has. */
  data: Samples;
};

/** How the samples of a picture are stored. */
type Layout = {
  bytes: Uint8Array;
  directory: Directory;
  width: number;
  height: number;
  /** Samples per pixel. */
  samples: number;
  depth: number;
  sampleFormat: number;
  compression: number;
  /** Interleaved samples: all of a pixel, or one if each has its own plane. */
  together: number;
  isTiled: boolean;
  blockWidth: number;
  blockHeight: number;
  offsets: readonly number[];
  lengths: readonly number[];
};

/**
 * Yields the picture's samples in bands. The library decodes a whole picture at once and treats tiles as rows of
 * single samples, so each strip or tile, or part of a large one, is given to it as a separate picture, of which
 * only the samples are used.
 *
 * @throws Error for a TIFF that the library cannot read, or would read incorrectly.
 */
export async function* bandsOf(
  bytes: Uint8Array,
  directory: Directory,
  samplesAtOnce = defaultSamplesAtOnce,
): AsyncGenerator<Band> {
  const layout = layoutOf(bytes, directory);
  const { width, height, samples, together, isTiled, blockWidth, blockHeight } = layout;
  const across = Math.ceil(width / blockWidth);
  const down = Math.ceil(height / blockHeight);
  const planes = samples / together;
  if (layout.offsets.length < across * down * planes) throw new Error('Strips or tiles are missing.');
  if (rowLengthOf(layout) * blockHeight > maxBlockBytes) throw new Error('A strip or tile is too large.');
  const rowsAtOnce = Math.max(1, Math.floor(samplesAtOnce / (width * samples)));
  const isCut = Math.min(blockHeight, height) > rowsAtOnce && across * planes <= maxUnpackedAtOnce;
  const isWhole = across === 1 && blockWidth === width && planes === 1;
  const blocksAtOnce = Math.max(1, Math.floor(rowsAtOnce / blockHeight));
  for (let first = 0; first < down; first += blocksAtOnce) {
    const count = Math.min(blocksAtOnce, down - first);
    const top = first * blockHeight;
    const rows = Math.min(count * blockHeight, height - top);
    if (isCut) {
      yield* partsOf(layout, first, { top, rows, rowsAtOnce });
      continue;
    }
    if (isWhole) {
      yield { top, rows, data: decodeBlocks(layout, first, count, rows) };
      continue;
    }
    let data: Samples | null = null;
    for (let plane = 0; plane < planes; plane += 1) {
      for (let at = first * across; at < (first + count) * across; at += 1) {
        const place = { left: (at % across) * blockWidth, top: Math.floor(at / across) * blockHeight - top };
        // Tiles at the edges have full size, too.
        const blockRows = isTiled ? blockHeight : Math.min(blockHeight, rows - place.top);
        const block = decodeBlocks(layout, plane * across * down + at, 1, blockRows);
        data ??= emptyLike(block, width * rows * samples);
        copyInto(data, block, layout, { ...place, rows, plane });
      }
    }
    if (data) yield { top, rows, data };
  }
}

/** Yields one row of large strips or tiles, including all planes, in bands of fewer rows. */
async function* partsOf(
  layout: Layout,
  row: number,
  { top, rows, rowsAtOnce }: { top: number; rows: number; rowsAtOnce: number },
): AsyncGenerator<Band> {
  const { width, height, samples, together, blockWidth, blockHeight, compression } = layout;
  const [across, down] = [Math.ceil(width / blockWidth), Math.ceil(height / blockHeight)];
  const rowLength = rowLengthOf(layout);
  const blocks = Array.from({ length: (across * samples) / together }, (_, index) => {
    const [plane, column] = [Math.floor(index / across), index % across];
    const packed = packedBlock(layout, (plane * down + row) * across + column);
    const parts = unpackParts(packed, compression, rowLength * blockHeight, rowLength * rowsAtOnce);
    return { plane, left: column * blockWidth, parts };
  });
  try {
    for (let from = 0; from < rows; from += rowsAtOnce) {
      const some = Math.min(rowsAtOnce, rows - from);
      let data: Samples | null = null;
      for (const { plane, left, parts } of blocks) {
        const { value } = await parts.next();
        // Nothing is left if the file is truncated. The library refuses an empty strip.
        const part = (value ?? new Uint8Array(0)).subarray(0, rowLength * some);
        const decoded = decodeRows(layout, [part], some);
        data ??= emptyLike(decoded, width * some * samples);
        copyInto(data, decoded, layout, { left, top: 0, rows: some, plane });
      }
      if (data) yield { top: top + from, rows: some, data };
    }
  } finally {
    for (const { parts } of blocks) await parts.return(undefined);
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
  // The library reads both as unsigned integers.
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

/** Returns the bytes of one row of a strip or tile. */
function rowLengthOf({ blockWidth, together, depth }: Layout): number {
  return Math.ceil((blockWidth * together * depth) / 8);
}

/** Decodes consecutive strips, or one tile. */
function decodeBlocks(layout: Layout, first: number, count: number, rows: number): Samples {
  const blocks = Array.from({ length: count }, (_, index) => unpackBlock(layout, first + index));
  return decodeRows(layout, blocks, rows);
}

function unpackBlock(layout: Layout, index: number): Uint8Array {
  return unpack(packedBlock(layout, index), layout.compression, rowLengthOf(layout) * layout.blockHeight);
}

function packedBlock(layout: Layout, index: number): Uint8Array {
  const offset = layout.offsets[index] ?? 0;
  // Some programs omit StripByteCounts for uncompressed data.
  const length = layout.lengths[index] ?? rowLengthOf(layout) * layout.blockHeight;
  return layout.bytes.subarray(offset, offset + length);
}

function decodeRows(layout: Layout, blocks: readonly Uint8Array[], rows: number): Samples {
  const [page] = decode(buildTiff(layout, blocks, rows), { pages: [0] });
  const data: unknown = page?.data;
  if (!isSamples(data)) throw new Error('The library has decoded no samples.');
  return data;
}

function isSamples(data: unknown): data is Samples {
  return [Uint8Array, Uint16Array, Float32Array, Float64Array].some((type) => data instanceof type);
}

/**
 * Builds a TIFF of these strips only, without information on colours, so that the library returns the samples
 * unchanged.
 */
function buildTiff(
  { directory, blockWidth, blockHeight, together, depth, sampleFormat }: Layout,
  blocks: readonly Uint8Array[],
  rows: number,
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
    [tags.compression, [plain]],
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
    // A single number is stored in the field itself.
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

/** Copies samples without those beyond the picture's edges. */
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
