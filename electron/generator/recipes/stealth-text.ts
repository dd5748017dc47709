// Reads text hidden in the lowest bits of a PNG's alpha channel, as NovelAI and extensions of web UIs write it.
import { constants, gunzipSync, inflateSync } from 'node:zlib';
import { pngChunks } from '../../../shared/domain/picture-bytes/png';
import { contentOf, viewOf } from '../../../shared/domain/picture-bytes/span';
import { maxTextLength } from './picture-texts';
import type { ReadingBudget } from './reading-budget';
import { unfilterPng } from './unfilter-png';

/** Larger pictures are not searched, because all of their pixels would have to be unpacked. */
const maxPixels = 20_000_000;
const signatures = ['stealth_pngcomp', 'stealth_pnginfo'];
const signatureLength = 15;
const signatureBits = signatureLength * 8;
const colourWithAlpha = 6;

/**
 * The bits run down the columns from the top left: 15 characters of signature, the number of the following bits as
 * 32 bits, then the text, compressed with gzip if the signature is `stealth_pngcomp`:
 * https://github.com/NovelAI/novelai-image-metadata/blob/main/nai_meta.py and
 * https://github.com/ashen-sensored/sd_webui_stealth_pnginfo
 *
 * @param png bytes of a PNG.
 * @returns null if there is no text. Never throws.
 */
export function readStealthText(png: Uint8Array, budget: ReadingBudget): string | null {
  try {
    const pixels = readPixels(png);
    const read = pixels && createBitReader(pixels);
    const signature = read?.(signatureLength).toString('latin1');
    if (!read || !signatures.includes(signature ?? '')) return null;
    const length = read(4).readUInt32BE(0) / 8;
    if (!Number.isInteger(length) || length > maxTextLength || !budget.take(length)) return null;
    const data = read(length);
    const plain =
      signature === 'stealth_pngcomp' ? gunzipSync(data, { maxOutputLength: maxTextLength }) : data;
    return budget.take(plain.length) ? plain.toString('utf8') : null;
  } catch {
    return null;
  }
}

type Pixels = { width: number; height: number; rgba: Uint8Array };

/** Returns null unless the PNG has 8 bits of red, green, blue and alpha, and no interlacing. */
function readPixels(png: Uint8Array): Pixels | null {
  const data: Uint8Array[] = [];
  let size: { width: number; height: number } | null = null;
  for (const chunk of pngChunks(png)) {
    const content = contentOf(png, chunk);
    if (chunk.name === 'IHDR' && content.length >= 13) {
      const view = viewOf(content);
      const isPlain = content[8] === 8 && content[9] === colourWithAlpha && content[12] === 0;
      if (isPlain) size = { width: view.getUint32(0), height: view.getUint32(4) };
    }
    if (!size) return null;
    if (chunk.name === 'IDAT') data.push(content);
  }
  if (!size || size.width * size.height > maxPixels || size.width * size.height === 0) return null;
  const { width, height } = size;
  const length = (width * 4 + 1) * height;
  const packed = Buffer.concat(data);
  if (height >= signatureBits && !beginsWithSignature(packed, width, length)) return null;
  const rows = inflateSync(packed, { maxOutputLength: length });
  return rows.length === length ? { width, height, rgba: unfilterPng(rows, width * 4, 4) } : null;
}

/**
 * Returns whether the first column begins with a signature. Most pictures have none, and this check unpacks only
 * their first rows: in the first column, the result of a filter depends on this column only.
 */
function beginsWithSignature(packed: Buffer, width: number, length: number): boolean {
  const rowLength = width * 4 + 1;
  // Packed data is hardly ever longer than what it stands for.
  const part = packed.subarray(0, rowLength * signatureBits + 65_536);
  const rows = inflateSync(part, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: length });
  const bytes = Buffer.alloc(signatureLength);
  let above = 0;
  for (let y = 0; y < signatureBits; y += 1) {
    const filter = rows[y * rowLength] ?? 0;
    const predicted = filter === 2 || filter === 4 ? above : filter === 3 ? above >> 1 : 0;
    above = ((rows[y * rowLength + 4] ?? 0) + predicted) & 255;
    bytes[y >> 3] = ((bytes[y >> 3] ?? 0) << 1) | (above & 1);
  }
  return signatures.includes(bytes.toString('latin1'));
}

/** Returns a function that reads the next bytes. @throws if there are fewer. */
function createBitReader({ width, height, rgba }: Pixels) {
  let position = 0;
  return (length: number): Buffer => {
    if (position + length * 8 > width * height) throw new Error('There are too few pixels.');
    const bytes = Buffer.alloc(length);
    for (let bit = 0; bit < length * 8; bit += 1, position += 1) {
      const pixel = (position % height) * width + Math.floor(position / height);
      const byte = bit >> 3;
      bytes[byte] = ((bytes[byte] ?? 0) << 1) | ((rgba[pixel * 4 + 3] ?? 0) & 1);
    }
    return bytes;
  };
}
