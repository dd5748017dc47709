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

/**
 * Returns the size within the limits that is most similar to the wanted one. If the limits contradict each other, it is
 * only rounded to the step.
 */
export function sizeLike(wanted: PixelSize, limits: Omit<PixelLimits, 'side'>): PixelSize {
  const { step, minPixels = 1, maxPixels = Infinity, maxRatio = Infinity } = limits;
  const minSteps = Math.max(1, Math.ceil((limits.minEdge ?? step) / step));
  const maxSteps = Math.floor((limits.maxEdge ?? Infinity) / step);
  const exact = exactSize(wanted, limits);
  /** Returns the nearest height, in steps, that the limits allow beside a width; null if they allow none. */
  const heightBeside = (width: number): number | null => {
    const area = width * step * step;
    const least = Math.max(minSteps, Math.ceil(minPixels / area), Math.ceil(width / maxRatio));
    const most = Math.min(maxSteps, Math.floor(maxPixels / area), Math.floor(width * maxRatio));
    return least > most ? null : clamp(nearestStep(exact.height, step), least, most);
  };
  const distance = (width: number, height: number) =>
    ((width * step) / exact.width - 1) ** 2 + ((height * step) / exact.height - 1) ** 2;
  let best = { width: nearestStep(exact.width, step), height: nearestStep(exact.height, step) };
  let least = Infinity;
  const widest = Math.min(maxSteps, Math.floor(maxPixels / (minSteps * step * step)));
  // Without a maximum, a size that fits is close to the exact one.
  const end = widest === Infinity ? 2 * Math.max(minSteps, best.width) + 4 : widest;
  for (let width = minSteps; width <= end; width += 1) {
    const height = heightBeside(width);
    if (height === null || distance(width, height) > least) continue;
    least = distance(width, height);
    best = { width, height };
  }
  return { width: best.width * step, height: best.height * step };
}

/** Returns the wanted size, scaled and made less oblong, before it is rounded. */
function exactSize(
  { width, height }: PixelSize,
  { minPixels = 1, maxPixels = Infinity, maxEdge = Infinity, maxRatio = Infinity }: Omit<PixelLimits, 'side'>,
): PixelSize {
  const ratio = clamp(width / height, 1 / maxRatio, maxRatio);
  const most = Math.min(maxPixels, (maxEdge * maxEdge) / Math.max(ratio, 1 / ratio));
  const pixels = Math.max(minPixels, Math.min(most, width * height));
  return { width: Math.sqrt(pixels * ratio), height: Math.sqrt(pixels / ratio) };
}

/** Returns the number of steps, at least one. The product of roots may be slightly below a whole number of them. */
function nearestStep(pixels: number, step: number): number {
  return Math.max(1, Math.round(Number((pixels / step).toFixed(6))));
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
