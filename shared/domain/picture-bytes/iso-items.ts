// Items of a HEIF or AVIF that are metadata: EXIF and XMP. ISO/IEC 14496-12, 8.11.3 and 8.11.6; ISO/IEC 23008-12, annex A.
import { isoBoxes } from './iso-boxes';
import { type Chunk, nameAt, type Span, viewOf } from './span';

/** More items than any picture has, even one of many tiles. */
const maxItems = 4096;

type MetadataItem = Span & { kind: 'exif' | 'xmp' };

/** Returns the metadata of which all bytes are in one place of the file. */
export function isoMetadata(bytes: Uint8Array): MetadataItem[] {
  for (const meta of isoBoxes(bytes)) {
    if (meta.name !== 'meta') continue;
    const boxes = [...isoBoxes(bytes, meta.contentStart + 4, meta.contentEnd)];
    const iinf = boxes.find(({ name }) => name === 'iinf');
    const iloc = boxes.find(({ name }) => name === 'iloc');
    const kinds = iinf ? itemKinds(bytes, iinf) : new Map<number, 'exif' | 'xmp'>();
    if (!iloc || kinds.size === 0) return [];
    return locations(bytes, iloc).flatMap(({ id, start, end }): MetadataItem[] => {
      const kind = kinds.get(id);
      if (!kind || end > bytes.length || end - start < 8) return [];
      // EXIF begins with the number of bytes before its TIFF header.
      const skipped = kind === 'exif' ? 4 + viewOf(bytes).getUint32(start) : 0;
      const contentStart = start + skipped;
      return contentStart < end ? [{ kind, start, end, contentStart, contentEnd: end }] : [];
    });
  }
  return [];
}

function itemKinds(bytes: Uint8Array, iinf: Chunk): Map<number, 'exif' | 'xmp'> {
  const kinds = new Map<number, 'exif' | 'xmp'>();
  const view = viewOf(bytes);
  const isShort = bytes[iinf.contentStart] === 0;
  let items = 0;
  for (const { name, contentStart, contentEnd } of isoBoxes(
    bytes,
    iinf.contentStart + (isShort ? 6 : 8),
    iinf.contentEnd,
  )) {
    items += 1;
    const version = bytes[contentStart] ?? 0;
    const idLength = version === 2 ? 2 : 4;
    const typeAt = contentStart + 4 + idLength + 2;
    if (items > maxItems) break;
    if (name !== 'infe' || version < 2 || typeAt + 4 > contentEnd) continue;
    const id = idLength === 2 ? view.getUint16(contentStart + 4) : view.getUint32(contentStart + 4);
    const type = nameAt(view, typeAt);
    if (type === 'Exif') kinds.set(id, 'exif');
    // The only metadata that is written as MIME.
    if (type === 'mime') kinds.set(id, 'xmp');
  }
  return kinds;
}

function locations(bytes: Uint8Array, iloc: Chunk): { id: number; start: number; end: number }[] {
  const found: { id: number; start: number; end: number }[] = [];
  let at = iloc.contentStart;
  /** Reads a number of 0, 2, 4 or 8 bytes, as the box says. @throws RangeError beyond its end. */
  const read = (length: number): number => {
    if (at + length > iloc.contentEnd) throw new RangeError('The box has ended.');
    let value = 0;
    for (let index = 0; index < length; index += 1) value = value * 256 + (bytes[at + index] ?? 0);
    at += length;
    return value;
  };
  try {
    const version = read(1);
    read(3);
    const sizes = read(2);
    const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
    const indexSize = version === 0 ? 0 : sizes & 15;
    const count = Math.min(read(version < 2 ? 2 : 4), maxItems);
    for (let item = 0; item < count; item += 1) {
      const id = read(version < 2 ? 2 : 4);
      const method = version === 0 ? 0 : read(2) & 15;
      read(2);
      const base = read(baseSize);
      const extents = read(2);
      for (let extent = 0; extent < extents; extent += 1) {
        read(indexSize);
        const start = base + read(offsetSize);
        const end = start + read(lengthSize);
        if (method === 0 && extents === 1) found.push({ id, start, end });
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}
