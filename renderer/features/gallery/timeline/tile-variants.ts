// Which of a picture's sizes a tile shows.
import type { ImageVariant } from '../../../../shared/domain/pictures';

type Size = { width: number; height: number };

/** A thumbnail that is enlarged by no more than this looks as sharp as one that is not. */
const maxEnlargement = 1.2;

/**
 * Returns the thumbnail that a tile shows first, and the larger one that follows it where the first is too small for the
 * screen's pixels; null: none.
 *
 * @param tile in CSS pixels.
 * @param picture in pixels; undefined while it is not known.
 * @param density the screen's pixels for one CSS pixel.
 */
export function tileVariants(
  tile: Size,
  picture: Size | undefined,
  density: number,
): [first: ImageVariant, sharper: ImageVariant | null] {
  const first = Math.max(tile.width, tile.height) * density <= 256 ? '256' : '512';
  if (!picture) return [first, null];
  // A tile crops what is very wide or very high, so that the whole picture is larger than the tile.
  const scale = Math.max(tile.width / picture.width, tile.height / picture.height) * density;
  const shownSide = Math.max(picture.width, picture.height) * Math.min(1, scale);
  return [first, shownSide > Number(first) * maxEnlargement ? '1024' : null];
}
