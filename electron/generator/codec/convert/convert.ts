// Converts pictures whose format Chromium does not show, or does not show safely. Only the importer uses it: the
// codec process, which opens paid pictures, loads none of these decoders.
import type { SkipReason } from '../../../../shared/domain/import';
import type { ForeignFormat } from '../../../../shared/domain/picture-files';
import { convertBmp } from './bmp';
import type { Converted } from './converted';
import { convertHeic } from './heic';
import { convertJxl } from './jxl';
import { Refused } from './refused';
import { convertSvg } from './svg';
import { convertTiff } from './tiff';

/** Throws `Refused` for a specific reason, and any other error for a picture that it cannot open. */
type Converter = (bytes: Uint8Array, onProgress: () => void) => Promise<Converted>;

const converters: Readonly<Record<ForeignFormat, Converter>> = {
  bmp: convertBmp,
  heic: convertHeic,
  jxl: convertJxl,
  svg: convertSvg,
  tiff: convertTiff,
};

/** The previous conversion. Conversions run one at a time, because a large picture can need gigabytes. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Converts a picture to a format that Chromium shows. Never throws. If a decoder crashes or hangs, the importer
 * process ends, and the main process continues with the next file.
 *
 * @param onProgress called after each part of a large picture.
 * @returns the converted picture, or the reason why it was skipped.
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
