// Unpacks strips and tiles of a TIFF: https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf
import { constants, createInflate, inflateSync } from 'node:zlib';

/** Values of Compression. */
export const plain = 1;
const [lzw, deflate, packBits, oldDeflate] = [5, 8, 32_773, 32_946];

/** Some programs omit the end marker of the stream. */
const inflateOptions = { finishFlush: constants.Z_SYNC_FLUSH };
/** Bytes unpacked at once. */
const chunkLength = 64 * 1024;

/** Unpacks a strip or tile. @throws Error if it has more than `maxBytes`, and for an unknown compression. */
export function unpack(block: Uint8Array, compression: number, maxBytes: number): Uint8Array {
  switch (compression) {
    case plain:
      return block;
    case deflate:
    case oldDeflate:
      return inflateSync(block, { ...inflateOptions, maxOutputLength: maxBytes });
    default:
      return Buffer.concat([...chunksOf(block, compression, maxBytes)]);
  }
}

/**
 * Like `unpack`, but never holds a large strip or tile as a whole.
 *
 * @param partLength bytes of each yielded part except the last.
 */
export async function* unpackParts(
  block: Uint8Array,
  compression: number,
  maxBytes: number,
  partLength: number,
): AsyncGenerator<Uint8Array> {
  if (compression === plain) {
    for (let at = 0; at < block.length; at += partLength) yield block.subarray(at, at + partLength);
    return;
  }
  const isDeflated = compression === deflate || compression === oldDeflate;
  const chunks = isDeflated ? inflated(block, maxBytes) : chunksOf(block, compression, maxBytes);
  let part = new Uint8Array(partLength);
  let filled = 0;
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; ) {
      const some = chunk.subarray(from, from + partLength - filled);
      part.set(some, filled);
      filled += some.length;
      from += some.length;
      if (filled < partLength) break;
      yield part;
      part = new Uint8Array(partLength);
      filled = 0;
    }
  }
  if (filled > 0) yield part.subarray(0, filled);
}

async function* inflated(block: Uint8Array, maxBytes: number): AsyncGenerator<Uint8Array> {
  const inflate = createInflate({ ...inflateOptions, chunkSize: chunkLength });
  inflate.end(block);
  let length = 0;
  for await (const chunk of inflate as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > maxBytes) throw new Error('The strip is longer than its rows.');
    yield chunk;
  }
}

function chunksOf(block: Uint8Array, compression: number, maxBytes: number): Iterable<Uint8Array> {
  if (compression === lzw) return unpackLzw(block, maxBytes);
  if (compression === packBits) return unpackBits(block, maxBytes);
  throw new Error('The compression is unknown.');
}

/** PackBits, section 9: a count n, then n + 1 literal bytes, or one byte to repeat. */
function* unpackBits(packed: Uint8Array, maxBytes: number): Generator<Uint8Array> {
  let chunk = new Uint8Array(chunkLength);
  let [filled, length] = [0, 0];
  for (let at = 0; at < packed.length; ) {
    const count = packed[at] ?? 0;
    const run = count === 128 ? 0 : count < 128 ? count + 1 : 257 - count;
    if (filled + run > chunkLength) {
      yield chunk.subarray(0, filled);
      chunk = new Uint8Array(chunkLength);
      filled = 0;
    }
    if (count < 128) chunk.set(packed.subarray(at + 1, at + 1 + run), filled);
    else chunk.fill(packed[at + 1] ?? 0, filled, filled + run);
    filled += run;
    length += run;
    if (length > maxBytes) throw new Error('The strip is longer than its rows.');
    at += count < 128 ? run + 1 : count === 128 ? 1 : 2;
  }
  yield chunk.subarray(0, filled);
}

const [clearTable, endOfData, firstOfTable] = [256, 257, 258];
const [minCodeLength, maxCodeLength] = [9, 12];
const maxCodes = 1 << maxCodeLength;

/** LZW, section 13. Stops at `maxBytes`. @throws Error for a code that the table does not contain. */
function* unpackLzw(packed: Uint8Array, maxBytes: number): Generator<Uint8Array> {
  // The string of a code is the string of another code plus one byte.
  const before = new Uint16Array(maxCodes);
  const last = Uint8Array.from({ length: maxCodes }, (_, code) => code);
  const lengths = new Uint16Array(maxCodes).fill(1, 0, clearTable);
  let [codes, codeLength, previous] = [firstOfTable, minCodeLength, -1];
  let [held, count, at] = [0, 0, 0];
  let chunk = new Uint8Array(chunkLength);
  let [filled, left] = [0, maxBytes];
  while (left > 0) {
    while (count < codeLength && at < packed.length) {
      held = ((held << 8) | (packed[at] ?? 0)) & 0xfffffff;
      count += 8;
      at += 1;
    }
    if (count < codeLength) break;
    count -= codeLength;
    const code = (held >>> count) & ((1 << codeLength) - 1);
    if (code === endOfData) break;
    if (code === clearTable) {
      [codes, codeLength, previous] = [firstOfTable, minCodeLength, -1];
      continue;
    }
    // The code that is about to be added stands for the previous string followed by that string's first byte.
    const isNew = code === codes && previous >= 0;
    if (code >= codes && !isNew) throw new Error('The strip has a code that its table does not have.');
    const length = (lengths[isNew ? previous : code] ?? 0) + (isNew ? 1 : 0);
    if (filled + length > chunkLength) {
      yield chunk.subarray(0, filled);
      chunk = new Uint8Array(chunkLength);
      filled = 0;
    }
    let each = isNew ? previous : code;
    for (let to = filled + length - (isNew ? 2 : 1); to > filled; to -= 1) {
      chunk[to] = last[each] ?? 0;
      each = before[each] ?? 0;
    }
    const first = last[each] ?? 0;
    chunk[filled] = first;
    if (isNew) chunk[filled + length - 1] = first;
    filled += Math.min(left, length);
    left -= Math.min(left, length);
    if (previous >= 0 && codes < maxCodes) {
      before[codes] = previous;
      last[codes] = first;
      lengths[codes] = (lengths[previous] ?? 0) + 1;
      codes += 1;
      // The code length grows one code early, as section 13 specifies.
      if (codes === (1 << codeLength) - 1 && codeLength < maxCodeLength) codeLength += 1;
    }
    previous = code;
  }
  yield chunk.subarray(0, filled);
}
