// Refuses pictures that would take too much memory, before they are decoded or once the decoder's memory has ended.
import { maxConvertedPixels, maxSurelyConvertedPixels } from '../../../../shared/domain/import';

export class TooLarge extends Error {}

type Size = { width: number; height: number };

/** @throws TooLarge, and an error for a picture without a size. */
export function checkSize({ width, height }: Size): void {
  if (!(width >= 1 && height >= 1)) throw new Error('The picture has no size.');
  if (width * height > maxConvertedPixels) throw new TooLarge();
}

/**
 * Runs a decoder or an encoder. WebAssembly's memory ends at two gigabytes, and what is needed for a pixel depends on how
 * the picture is compressed. It ends in a trap then, which says no reason.
 *
 * @throws TooLarge for a picture of so many pixels that this is why it failed.
 */
export async function unlessTooLarge<Value>(
  { width, height }: Size,
  convert: () => Value | Promise<Value>,
): Promise<Value> {
  try {
    return await convert();
  } catch (error) {
    throw width * height > maxSurelyConvertedPixels ? new TooLarge() : error;
  }
}
