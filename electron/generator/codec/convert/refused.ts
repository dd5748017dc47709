// Specific reasons for not converting a picture.
import {
  maxConvertedPixels,
  maxSurelyConvertedPixels,
  type SkipReason,
} from '../../../../shared/domain/import';

/** Thrown by a converter for a specific reason. Any other error means that the picture cannot be opened. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly reason: SkipReason;

  constructor(reason: SkipReason) {
    // Not shown: the interface has a sentence for each reason.
    super(`The picture is not converted: ${reason}.`);
    this.reason = reason;
  }
}

type Size = { width: number; height: number };

/** @throws Refused if the picture has too many pixels, and Error if it has none. */
export function checkSize({ width, height }: Size): void {
  if (!(width >= 1 && height >= 1)) throw new Error('The picture has no size.');
  if (width * height > maxConvertedPixels) throw new Refused('too-large-to-convert');
}

/**
 * Runs a decoder or an encoder. WebAssembly memory is limited to two gigabytes, and the memory per pixel depends on
 * how the picture is compressed. Running out of it causes a trap that gives no reason, so the reason is derived
 * from the size.
 *
 * @param size of the picture that is decoded or encoded at once.
 * @throws Refused if `convert` fails and the picture is so large that memory is the likely cause.
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
