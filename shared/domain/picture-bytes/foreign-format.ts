// Recognizes, by their first bytes, the formats that are converted on import because Chromium cannot show most of them.
import { type ForeignFormat, foreignFormats } from '../picture-files';
import { hasTextAt, nameAt, viewOf } from './span';

export function isForeign(format: string): format is ForeignFormat {
  return foreignFormats.some((foreign) => foreign === format);
}

/** Number of bytes that contain every signature. An SVG's may come after comments. */
export const foreignHeadLength = 1024;

/** Brands of pictures compressed as HEVC: ISO/IEC 23008-12, annex B. */
const heicBrands = [
  ...['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs'],
  // Brands of any compression. A file of AV1 pictures also has an AVIF brand, which format-of.ts recognises.
  ...['mif1', 'mif2', 'miaf', 'msf1'],
];
/** Lengths of the header after a BMP's first 14 bytes. */
const bmpHeaders = [12, 40, 52, 56, 64, 108, 124];

/** @param head the first bytes of a file, at most `foreignHeadLength` of them are read. */
export function foreignFormatOf(head: Uint8Array): ForeignFormat | null {
  const has = (text: string, at = 0) => hasTextAt(head, at, text);
  if (has('ftyp', 4) && head.length >= 12)
    return heicBrands.includes(nameAt(viewOf(head), 8)) ? 'heic' : null;
  // A bare codestream, or a container: ISO/IEC 18181-2.
  if (has('\xff\x0a') || has('\0\0\0\x0cJXL \r\n\x87\n')) return 'jxl';
  // The second pair is BigTIFF, for files of more than 4 GB, which is also used for smaller ones.
  if (has('II*\0') || has('MM\0*') || has('II+\0') || has('MM\0+')) return 'tiff';
  if (has('BM') && head.length >= 18 && bmpHeaders.includes(viewOf(head).getUint32(14, true))) return 'bmp';
  return isSvg(head) ? 'svg' : null;
}

/** An XML document whose first element, after a declaration, comments and a document type, is `svg`. */
function isSvg(head: Uint8Array): boolean {
  const text = new TextDecoder('utf-8', { ignoreBOM: false })
    .decode(head.subarray(0, foreignHeadLength))
    .trimStart();
  if (!text.startsWith('<')) return false;
  for (let at = 0; at >= 0 && at < text.length; ) {
    const rest = text.slice(at, at + 10);
    if (/^<svg[\s>]/i.test(rest)) return true;
    const end = rest.startsWith('<!--')
      ? '-->'
      : rest.startsWith('<?')
        ? '?>'
        : rest.startsWith('<!')
          ? '>'
          : null;
    const close = end === null ? -1 : text.indexOf(end, at);
    at = close < 0 || end === null ? -1 : text.indexOf('<', close + end.length);
  }
  return false;
}
