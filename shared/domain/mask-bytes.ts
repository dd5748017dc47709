// Reads the header of a mask's file, before anything decodes it.
import { formatOf } from './picture-bytes/format-of';
import { pngChunks } from './picture-bytes/png';

/** Other chunks could change the meaning of the gray values, and a mask does not need them. */
const allowedChunks = new Set(['IHDR', 'IDAT', 'IEND']);

/**
 * Returns the size of a mask in pixels; null if the bytes are no complete PNG of 8-bit gray without interlacing:
 * https://www.w3.org/TR/png-3/#11IHDR
 */
export function readMaskSize(bytes: Uint8Array): { width: number; height: number } | null {
  if (formatOf(bytes) !== 'png') return null;
  const chunks = [...pngChunks(bytes)];
  const [header] = chunks;
  if (header?.name !== 'IHDR' || header.contentEnd - header.contentStart !== 13) return null;
  if (chunks.at(-1)?.name !== 'IEND' || !chunks.every(({ name }) => allowedChunks.has(name))) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + header.contentStart, 13);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [bitDepth, colourType, interlacing] = [view.getUint8(8), view.getUint8(9), view.getUint8(12)];
  const isGray = bitDepth === 8 && colourType === 0 && interlacing === 0;
  return isGray && width > 0 && height > 0 ? { width, height } : null;
}
