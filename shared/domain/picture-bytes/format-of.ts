// Recognizes a picture's format by its first bytes, whatever it was declared to be.
import type { PictureFormat } from '../picture-files';
import { jpegSignature } from './jpeg';
import { pngSignature } from './png';
import { hasTextAt, viewOf } from './span';

/** Returns null for a format that Afterimage does not keep unchanged. The first 64 bytes are enough. */
export function formatOf(bytes: Uint8Array): PictureFormat | null {
  const has = (text: string, at = 0) => hasTextAt(bytes, at, text);
  if (has(pngSignature)) return 'png';
  if (has(jpegSignature)) return 'jpg';
  if (has('RIFF') && has('WEBP', 8)) return 'webp';
  if (has('ftyp', 4) && isAvif(bytes)) return 'avif';
  if (has('GIF87a') || has('GIF89a')) return 'gif';
  return null;
}

/** Maximum number of brands that are examined. */
const maxBrands = 12;

/** An AV1 picture may have a general major brand, and list its own only among the compatible brands: ISO/IEC 14496-12, 4.3. */
function isAvif(bytes: Uint8Array): boolean {
  const isBrand = (at: number) => hasTextAt(bytes, at, 'avif') || hasTextAt(bytes, at, 'avis');
  const length = bytes.length < 4 ? 0 : viewOf(bytes).getUint32(0);
  if (isBrand(8)) return true;
  for (let at = 16; at + 4 <= Math.min(length, 16 + 4 * maxBrands); at += 4) if (isBrand(at)) return true;
  return false;
}
