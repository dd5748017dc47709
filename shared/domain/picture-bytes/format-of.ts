// Recognizes a picture's format by its first bytes, whatever it was declared to be.
import type { PictureFormat } from '../picture-files';
import { jpegSignature } from './jpeg';
import { pngSignature } from './png';
import { hasTextAt } from './span';

/** Returns null when the signature is of no format that Afterimage keeps. The first 12 bytes are enough. */
export function formatOf(bytes: Uint8Array): PictureFormat | null {
  const has = (text: string, at = 0) => hasTextAt(bytes, at, text);
  if (has(pngSignature)) return 'png';
  if (has(jpegSignature)) return 'jpg';
  if (has('RIFF') && has('WEBP', 8)) return 'webp';
  if (has('ftypavif', 4) || has('ftypavis', 4)) return 'avif';
  if (has('GIF87a') || has('GIF89a')) return 'gif';
  return null;
}
