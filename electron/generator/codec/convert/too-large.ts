// Refuses pictures that would take too much memory, before they are decoded.
import { maxConvertedPixels } from '../../../../shared/domain/import';

export class TooLarge extends Error {}

/** @throws TooLarge, and an error for a picture without a size. */
export function checkSize({ width, height }: { width: number; height: number }): void {
  if (!(width >= 1 && height >= 1)) throw new Error('The picture has no size.');
  if (width * height > maxConvertedPixels) throw new TooLarge();
}
