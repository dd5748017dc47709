// Chooses the sizes of a picture that a tile loads.
import type { ImageVariant } from '../../../../shared/domain/pictures';

type Size = { width: number; height: number };

/** Maximum enlargement of a thumbnail that still looks sharp. */
const maxEnlargement = 1.2;

/**
 * Returns the thumbnail that a tile shows first, and the larger one that replaces it if the first is too small for the
 * screen's pixels; otherwise null.
 *
 * @param tile in CSS pixels.
 * @param picture in pixels; undefined while unknown.
 * @param density device pixels per CSS pixel.
 */
export function tileVariants(
  tile: Size,
  picture: Size | undefined,
  density: number,
): [first: ImageVariant, sharper: ImageVariant | null] {
  const first = Math.max(tile.width, tile.height) * density <= 256 ? '256' : '512';
  if (!picture) return [first, null];
  // A tile crops a very wide or very high picture, so that the whole picture is larger than the tile.
  const scale = Math.max(tile.width / picture.width, tile.height / picture.height) * density;
  const shownSide = Math.max(picture.width, picture.height) * Math.min(1, scale);
  return [first, shownSide > Number(first) * maxEnlargement ? '1024' : null];
}
