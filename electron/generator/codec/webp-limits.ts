// The limits of the WebP format.
import type { Size } from '../../../shared/domain/picture-bytes/facts';

/** https://developers.google.com/speed/webp/docs/riff_container#extended_file_format */
const maxWebpSide = 16_383;
/**
 * A lossy WebP says in 512 KB how each of its blocks is predicted. For a larger picture that may not be enough, and its
 * encoder takes minutes to find out: https://datatracker.ietf.org/doc/html/rfc6386#section-9.1
 */
const maxLossyPixels = 50_000_000;

/** Whether a picture of this size becomes a WebP without loss. */
export function fitsWebp({ width, height }: Size): boolean {
  return Math.max(width, height) <= maxWebpSide;
}

/** Whether a picture of this size surely becomes a WebP. */
export function fitsLossyWebp(size: Size): boolean {
  return fitsWebp(size) && size.width * size.height <= maxLossyPixels;
}
