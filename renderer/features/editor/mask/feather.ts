// Softens the edges of the marked area.
import { type Box, clipped, grown, type Mask, tileBox, united } from './mask';

/** Three box blurs come close to a Gaussian one: https://www.w3.org/TR/filter-effects-1/#feGaussianBlurElement */
const passes = 3;

/** Returns the part of the mask that softening can change; null if nothing is marked. */
export function featherBox(mask: Mask, radius: number): Box | null {
  const [first, ...others] = [...mask.sums].flatMap((sum, index) => (sum > 0 ? tileBox(mask, index) : []));
  if (!first) return null;
  return clipped(mask, grown(others.reduce(united, first), radius * passes));
}

/** Softens the edges of the marked area, except at the edges of the picture. @param radius in pixels. */
export function feather(mask: Mask, box: Box, radius: number): void {
  const { left, top, right, bottom } = box;
  const line = new Uint8Array(Math.max(right - left, bottom - top));
  for (let pass = 0; pass < passes; pass += 1) {
    for (let y = top; y < bottom; y += 1)
      blur(mask.bytes, y * mask.width + left, 1, right - left, radius, line);
    for (let x = left; x < right; x += 1)
      blur(mask.bytes, top * mask.width + x, mask.width, bottom - top, radius, line);
  }
}

/** Replaces each value by the mean of its neighbours. The end values are repeated beyond the ends. */
function blur(
  bytes: Uint8Array,
  start: number,
  step: number,
  length: number,
  radius: number,
  line: Uint8Array,
): void {
  for (let at = 0; at < length; at += 1) line[at] = bytes[start + at * step] ?? 0;
  const valueAt = (at: number) => line[Math.min(length - 1, Math.max(0, at))] ?? 0;
  let sum = 0;
  for (let at = -radius; at <= radius; at += 1) sum += valueAt(at);
  const size = 2 * radius + 1;
  for (let at = 0; at < length; at += 1) {
    bytes[start + at * step] = (sum / size + 0.5) | 0;
    sum += valueAt(at + radius + 1) - valueAt(at - radius);
  }
}
