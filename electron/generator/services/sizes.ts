// Sizes and aspect ratios in a service's own notation and within its limits.
import type { PictureParams } from '../../../shared/domain/models';
import { type PixelSize, pixelSize } from './picture-size';

export type PixelLimits = {
  /** The side of a square with the same number of pixels, at 1K. */
  side: number;
  /** Divides width and height. */
  step: number;
  minPixels?: number;
  maxPixels?: number;
  /** Minimum and maximum length of either side. */
  minEdge?: number;
  maxEdge?: number;
  /** Maximum ratio of the longer side to the shorter one. */
  maxRatio?: number;
};

/** Returns the size for a shape and a resolution, scaled and made less oblong until it is within the limits. */
export function sizeWithin(params: PictureParams, limits: PixelLimits): PixelSize {
  return sizeLike(pixelSize(params, limits.side, limits.step), limits);
}

/** Returns the size within the limits that is most similar to the wanted one. */
export function sizeLike(wanted: PixelSize, limits: Omit<PixelLimits, 'side'>): PixelSize {
  const { step, minPixels = 1, maxPixels = Infinity, minEdge = step, maxEdge = Infinity } = limits;
  const ratio = clamp(
    wanted.width / wanted.height,
    1 / (limits.maxRatio ?? Infinity),
    limits.maxRatio ?? Infinity,
  );
  const longest = Math.max(ratio, 1 / ratio);
  const most = Math.min(maxPixels, (maxEdge * maxEdge) / longest);
  const pixels = Math.max(minPixels, Math.min(most, wanted.width * wanted.height));
  const exact = { width: Math.sqrt(pixels * ratio), height: Math.sqrt(pixels / ratio) };
  // Rounds down if a maximum would be exceeded, and up if a minimum would be missed.
  const size = roundWith(Math.round, exact, step);
  const fits = ({ width, height }: PixelSize) =>
    width * height <= maxPixels &&
    width * height >= minPixels &&
    Math.max(width, height) <= maxEdge &&
    Math.max(width / height, height / width) <= (limits.maxRatio ?? Infinity);
  const candidates = [size, roundWith(Math.floor, exact, step), roundWith(Math.ceil, exact, step)];
  const { width, height } = candidates.find(fits) ?? size;
  return { width: clamp(width, minEdge, maxEdge), height: clamp(height, minEdge, maxEdge) };
}

function roundWith(round: (value: number) => number, { width, height }: PixelSize, step: number): PixelSize {
  // The product of roots may be slightly below a whole number of steps.
  const take = (value: number) => Math.max(step, round(Number((value / step).toFixed(6))) * step);
  return { width: take(width), height: take(height) };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** Returns the ratio from the list that is most similar to the wanted one. */
export function nearestOfRatios(wanted: string, ratios: readonly [string, ...string[]]): string {
  const distance = (ratio: string) => Math.abs(Math.log(quotientOf(ratio) / quotientOf(wanted)));
  return ratios.reduce((best, ratio) => (distance(ratio) < distance(best) ? ratio : best));
}

function quotientOf(ratio: string): number {
  const [width = 1, height = 1] = ratio.split(':').map(Number);
  return width / height;
}
