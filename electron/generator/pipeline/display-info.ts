// Decides from the header whether bytes can be shown before they are decoded, and reads their format and size.
import type { PictureFormat } from '../../../shared/domain/picture-files';
import { validateImage } from '../codec/inspect';

/** The facts that the page needs to show a file. Width and height are those of the upright picture, in pixels. */
export type DisplayInfo = { format: PictureFormat; width: number; height: number };

/**
 * Returns null for truncated bytes, for bytes that are not a picture, and for a picture whose header shows that it
 * is too large.
 */
export function displayInfoOf(bytes: Uint8Array): DisplayInfo | null {
  const judged = validateImage(bytes);
  if (!judged.ok || !judged.value.size) return null;
  const { format, orientation, size } = judged.value;
  return orientation >= 5 ? { format, width: size.height, height: size.width } : { format, ...size };
}
