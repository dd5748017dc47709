// Decides from the header whether bytes can be shown before they are decoded, and reads their format and size.
import type { PictureFormat } from '../../../shared/domain/picture-files';
import { validateImage } from '../codec/inspect';

/** What the page needs to show a file. Width and height are pixels, upright. */
export type Look = { format: PictureFormat; width: number; height: number };

/** Returns null for bytes that break off, and for what is no picture or too large a one by its header. */
export function lookOf(bytes: Uint8Array): Look | null {
  const judged = validateImage(bytes);
  if (!judged.ok || !judged.value.size) return null;
  const { format, orientation, size } = judged.value;
  return orientation >= 5 ? { format, width: size.height, height: size.width } : { format, ...size };
}
