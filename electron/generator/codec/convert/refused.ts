// Specific reasons for not converting a picture.
import {
  maxConvertedPixels,
  maxSurelyConvertedPixels,
  type SkipReason,
} from '../../../../shared/domain/import';

/** Thrown by a converter. Every other error means that the picture cannot be opened. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly reason: SkipReason;

  constructor(reason: SkipReason) {
    // Not shown: the reason has a sentence in each language.
    super(`The picture is not converted: ${reason}.`);
    this.reason = reason;
  }
}

type Size = { width: number; height: number };

/** @throws Refused for a picture of too many pixels, and an error for one without a size. */
export function checkSize({ width, height }: Size): void {
  if (!(width >= 1 && height >= 1)) throw new Error('The picture has no size.');
  if (width * height > maxConvertedPixels) throw new Refused('too-large-to-convert');
}

/**
 * Runs a decoder or an encoder. WebAssembly's memory ends at two gigabytes, and what is needed for a pixel depends on how
 * the picture is compressed. It ends in a trap then, which says no reason.
 *
 * @param size what is decoded or encoded at once.
 * @throws Refused if that are so many pixels that this is why it failed.
 */
export async function unlessTooLarge<Value>(
  { width, height }: Size,
  convert: () => Value | Promise<Value>,
): Promise<Value> {
  try {
    return await convert();
  } catch (error) {
    const isTooLarge = width * height > maxSurelyConvertedPixels && !(error instanceof Refused);
    throw isTooLarge ? new Refused('too-large-to-convert') : error;
  }
}
