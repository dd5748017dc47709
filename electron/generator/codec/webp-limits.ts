// The limits of the WebP format.
import type { Size } from '../../../shared/domain/picture-bytes/facts';

/** https://developers.google.com/speed/webp/docs/riff_container#extended_file_format */
const maxWebpSide = 16_383;
/**
 * A lossy WebP stores the prediction modes of all blocks in a partition of at most 512 KB. That may be too small
 * for a larger picture, and the encoder takes minutes to find out:
 * https://datatracker.ietf.org/doc/html/rfc6386#section-9.1
 */
const maxLossyPixels = 50_000_000;

/** Returns whether a picture of this size can be a lossless WebP. */
export function fitsWebp({ width, height }: Size): boolean {
  return Math.max(width, height) <= maxWebpSide;
}

/** Returns whether a picture of this size can certainly be a lossy WebP. */
export function fitsLossyWebp(size: Size): boolean {
  return fitsWebp(size) && size.width * size.height <= maxLossyPixels;
}
