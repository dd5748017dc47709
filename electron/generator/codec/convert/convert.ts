// Converts pictures whose format Chromium does not show, or not safely, to one that it shows. Only for the importer:
// the codec process, which opens paid pictures, loads none of these decoders.
import type { SkipReason } from '../../../../shared/domain/import';
import type { ForeignFormat } from '../../../../shared/domain/picture-files';
import { convertBmp } from './bmp';
import type { Converted } from './converted';
import { convertHeic } from './heic';
import { convertJxl } from './jxl';
import { Refused } from './refused';
import { convertSvg } from './svg';
import { convertTiff } from './tiff';

/** Throws `Refused`, and other errors for what it cannot open. */
type Converter = (bytes: Uint8Array, onProgress: () => void) => Promise<Converted>;

const converters: Readonly<Record<ForeignFormat, Converter>> = {
  bmp: convertBmp,
  heic: convertHeic,
  jxl: convertJxl,
  svg: convertSvg,
  tiff: convertTiff,
};

/** One after the other: a large picture takes gigabytes meanwhile. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Never throws. A crash or a hang of a decoder ends the importer process, and the main process goes on with the next file.
 *
 * @param onProgress called with each part of a large picture that is done.
 */
export async function convert(
  bytes: Uint8Array,
  format: ForeignFormat,
  onProgress: () => void = () => {},
): Promise<Converted | SkipReason> {
  const converted = last.then(() => converters[format](bytes, onProgress));
  last = converted.catch(() => {});
  try {
    return await converted;
  } catch (error) {
    return error instanceof Refused ? error.reason : 'unreadable';
  }
}
