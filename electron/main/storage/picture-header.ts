// What a file that a person chose is, by its first bytes. Only the generator decodes pictures.
import type { PictureFormat } from '../../../shared/picture-files';

/** `size` in pixels; null where the header does not say it plainly. */
export type PictureHeader = { format: PictureFormat; size: { width: number; height: number } | null };

/** @returns the format by its signature and the size by its header, or null where it is no picture we keep. */
export function readPictureHeader(bytes: Uint8Array): PictureHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = (offset: number, text: string) =>
    bytes.length >= offset + text.length &&
    [...text].every((character, index) => bytes[offset + index] === character.charCodeAt(0));
  if (bytes.length < 32) return null;
  // https://www.w3.org/TR/png/#11IHDR
  if (at(0, '\x89PNG\r\n\x1a\n')) {
    return { format: 'png', size: { width: view.getUint32(16), height: view.getUint32(20) } };
  }
  if (at(0, '\xff\xd8\xff')) return { format: 'jpg', size: jpegSize(view) };
  if (at(0, 'RIFF') && at(8, 'WEBP')) return { format: 'webp', size: webpSize(view) };
  if (at(0, 'GIF87a') || at(0, 'GIF89a')) {
    return { format: 'gif', size: { width: view.getUint16(6, true), height: view.getUint16(8, true) } };
  }
  // Its size stands in nested boxes, and a picture of tiles has several.
  if (at(4, 'ftypavif') || at(4, 'ftypavis')) return { format: 'avif', size: null };
  return null;
}

/** The first start-of-frame segment: https://www.w3.org/Graphics/JPEG/itu-t81.pdf B.2.2 */
function jpegSize(view: DataView): PictureHeader['size'] {
  const notFrames = new Set([0xc4, 0xc8, 0xcc]);
  for (let at = 2; at + 9 <= view.byteLength && view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (marker >= 0xc0 && marker <= 0xcf && !notFrames.has(marker)) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** The three kinds of first chunk: https://developers.google.com/speed/webp/docs/riff_container */
function webpSize(view: DataView): PictureHeader['size'] {
  const chunk = String.fromCharCode(...[12, 13, 14, 15].map((at) => view.getUint8(at)));
  if (chunk === 'VP8X') {
    const read = (at: number) => 1 + view.getUint16(at, true) + view.getUint8(at + 2) * 0x1_00_00;
    return { width: read(24), height: read(27) };
  }
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) };
  }
  if (chunk === 'VP8 ') {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  return null;
}
