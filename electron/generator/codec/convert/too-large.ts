// Refuses pictures that would take too much memory, before they are decoded.
import { maxConvertedPixels } from '../../../../shared/domain/import';

export class TooLarge extends Error {}

/**
 * Maximum number of pixels for decoders in WebAssembly, whose memory ends at two gigabytes: for a picture they need its
 * pixels several times.
 */
export const maxPixelsInWasm = 100_000_000;

/**
 * @param maxPixels of the format.
 * @throws TooLarge, and an error for a picture without a size.
 */
export function checkSize(
  { width, height }: { width: number; height: number },
  maxPixels = maxConvertedPixels,
): void {
  if (!(width >= 1 && height >= 1)) throw new Error('The picture has no size.');
  if (width * height > maxPixels) throw new TooLarge();
}
