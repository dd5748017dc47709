// Is a picture there to its end? The codec opens half of one without a word.
import type { PictureFormat } from '../../shared/picture-files';

/**
 * @param bytes of a picture in this format, by its signature. More may follow its end.
 * @returns false where it breaks off before its end. AVIF and GIF are left to the codec.
 */
export function isWhole(bytes: Uint8Array, format: PictureFormat): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (format) {
    case 'png':
      return hasPngEnd(view);
    case 'jpg':
      return hasJpegEnd(bytes, view);
    case 'webp':
      // The size of what follows the first eight bytes: https://developers.google.com/speed/webp/docs/riff_container
      return view.byteLength >= 12 && view.getUint32(4, true) + 8 <= view.byteLength;
    default:
      return true;
  }
}

/** Chunks of length, name, data and checksum, up to one called IEND: https://www.w3.org/TR/png/#5Chunk-layout */
function hasPngEnd(view: DataView): boolean {
  const end = 0x49_45_4e_44;
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) === end) return true;
  }
  return false;
}

/** Segments with a length each, and after a scan's header data without one: https://www.w3.org/Graphics/JPEG/itu-t81.pdf */
function hasJpegEnd(bytes: Uint8Array, view: DataView): boolean {
  const endOfImage = 0xd9;
  for (let at = 2; at >= 2 && at + 2 <= bytes.length; at = nextMarker(bytes, at)) {
    if (bytes[at + 1] === endOfImage) return true;
    if (at + 4 > bytes.length) return false;
    at += 2 + view.getUint16(at + 2);
  }
  return false;
}

/** @returns where the next marker is, past data in which 0xFF stands for itself or a restart; -1 where there is none. */
function nextMarker(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1];
    const isData = code === undefined || code === 0 || code === 0xff || (code >= 0xd0 && code <= 0xd7);
    if (!isData) return at;
  }
  return -1;
}
