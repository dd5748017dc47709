// Picture sizes in pixels, for services that take no aspect ratio.
import { type PictureParams, type PictureResolution, pictureSizes } from '../../../shared/domain/models';

export type PixelSize = { width: number; height: number };

const scales: Readonly<Record<PictureResolution, number>> = { '1K': 1, '2K': 2, '4K': 4 };

/**
 * Returns the size for an aspect ratio and a resolution.
 *
 * @param side the side of a square with the same number of pixels, at 1K.
 * @param step divides width and height.
 */
export function pixelSize(
  { aspectRatio, resolution = '1K' }: PictureParams,
  side: number,
  step: number,
): PixelSize {
  const { width, height } = pictureSizes[aspectRatio];
  const target = side * scales[resolution];
  const scale = target / Math.sqrt(width * height);
  const round = (pixels: number) => Math.max(step, Math.round((pixels * scale) / step) * step);
  return { width: round(width), height: round(height) };
}

/** Returns the size with the most similar aspect ratio. */
export function nearestSize(wanted: PixelSize, sizes: readonly [PixelSize, ...PixelSize[]]): PixelSize {
  const distance = (size: PixelSize) =>
    Math.abs(Math.log((size.width / size.height) * (wanted.height / wanted.width)));
  return sizes.reduce((best, size) => (distance(size) < distance(best) ? size : best));
}
