// Converts pictures whose format Chromium does not show, or not safely, to one that it shows. For the importer alone: the
// codec's own process, which opens what was paid for, loads none of these decoders.
import type { SkipReason } from '../../../../shared/domain/import';
import type { ForeignFormat } from '../../../../shared/domain/picture-files';
import { convertBmp } from './bmp';
import type { Converted } from './converted';
import { convertHeic } from './heic';
import { convertJxl } from './jxl';
import { convertSvg } from './svg';
import { convertTiff } from './tiff';
import { TooLarge } from './too-large';

/** Each throws for what it cannot open. */
const converters: Readonly<Record<ForeignFormat, (bytes: Uint8Array) => Promise<Converted>>> = {
  bmp: convertBmp,
  heic: convertHeic,
  jxl: convertJxl,
  svg: convertSvg,
  tiff: convertTiff,
};

/** One after the other: a large picture takes gigabytes meanwhile. */
let last: Promise<unknown> = Promise.resolve();

/** Never throws. A crash or a hang of a decoder ends the importer process, and the main process goes on with the next file. */
export async function convert(bytes: Uint8Array, format: ForeignFormat): Promise<Converted | SkipReason> {
  const converted = last.then(() => converters[format](bytes));
  last = converted.catch(() => {});
  try {
    return await converted;
  } catch (error) {
    return error instanceof TooLarge ? 'too-large-to-convert' : 'unreadable';
  }
}
