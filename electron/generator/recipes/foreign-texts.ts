// Reads the texts of pictures in formats that are converted on import.
import { readExif } from '../../../shared/domain/picture-bytes/exif';
import { isoBoxes } from '../../../shared/domain/picture-bytes/iso-boxes';
import { isoMetadata } from '../../../shared/domain/picture-bytes/iso-items';
import { contentOf } from '../../../shared/domain/picture-bytes/span';
import type { ForeignFormat } from '../../../shared/domain/picture-files';
import { decodeExifTexts, decodeUserComment } from './exif-texts';
import { maxTextLength, type PictureTexts } from './picture-texts';
import type { ReadingBudget } from './reading-budget';

/** Never throws. Omits texts that cannot be read or that exceed the budget. */
export function readForeignTexts(
  bytes: Uint8Array,
  format: ForeignFormat,
  budget: ReadingBudget,
): PictureTexts {
  const { exif, xmp } = metadataOf(bytes, format);
  const found = exif && budget.take(Math.min(exif.length, maxTextLength)) ? readExif(exif) : null;
  const packet = xmp && xmp.length <= maxTextLength && budget.take(xmp.length) ? xmp : null;
  return {
    named: new Map(),
    xmp: packet && Buffer.from(packet).toString('utf8'),
    comment: found && decodeUserComment(found),
    exif: found ? decodeExifTexts(found) : {},
    credentials: null,
  };
}

type Metadata = { exif?: Uint8Array | undefined; xmp?: Uint8Array | undefined };

function metadataOf(bytes: Uint8Array, format: ForeignFormat): Metadata {
  // EXIF has the structure of a TIFF, so the file itself can be read as EXIF.
  if (format === 'tiff') return { exif: bytes };
  if (format === 'heic') {
    const items = isoMetadata(bytes);
    const part = (kind: 'exif' | 'xmp') => items.find((item) => item.kind === kind);
    const [exif, xmp] = [part('exif'), part('xmp')];
    return { exif: exif && contentOf(bytes, exif), xmp: xmp && contentOf(bytes, xmp) };
  }
  if (format !== 'jxl') return {};
  // In a JPEG XL container, EXIF begins with the number of bytes before its header, which is always 0.
  const boxes = [...isoBoxes(bytes)];
  const [exif, xmp] = [boxes.find(({ name }) => name === 'Exif'), boxes.find(({ name }) => name === 'xml ')];
  return { exif: exif && contentOf(bytes, exif).subarray(4), xmp: xmp && contentOf(bytes, xmp) };
}
