// Items of a HEIF or AVIF that are metadata: EXIF and XMP. ISO/IEC 14496-12, 8.11.3 and 8.11.6; ISO/IEC 23008-12, annex A.
import { isoBoxes } from './iso-boxes';
import { type Chunk, nameAt, type Span, viewOf } from './span';

type MetadataItem = Span & { kind: 'exif' | 'xmp' };

/** Returns the metadata items that are contiguous in the file. */
export function isoMetadata(bytes: Uint8Array): MetadataItem[] {
  const meta = metaOf(bytes);
  const iloc = meta && childOf(bytes, meta, 'iloc');
  const types = isoItemTypes(bytes);
  // The only metadata that is written as MIME is XMP.
  const kinds: Readonly<Record<string, MetadataItem['kind']>> = { Exif: 'exif', mime: 'xmp' };
  if (!iloc || ![...types.values()].some((type) => kinds[type])) return [];
  return locations(bytes, iloc).flatMap(({ id, start, end }): MetadataItem[] => {
    const kind = kinds[types.get(id) ?? ''];
    if (!kind || end > bytes.length || end - start < 8) return [];
    // EXIF begins with the number of bytes before its TIFF header.
    const skipped = kind === 'exif' ? 4 + viewOf(bytes).getUint32(start) : 0;
    const contentStart = start + skipped;
    return contentStart < end ? [{ kind, start, end, contentStart, contentEnd: end }] : [];
  });
}

function metaOf(bytes: Uint8Array): Chunk | undefined {
  return [...isoBoxes(bytes)].find(({ name }) => name === 'meta');
}

/** `meta` is a full box: four bytes of version and flags come first. */
function childOf(bytes: Uint8Array, meta: Chunk, wanted: string): Chunk | undefined {
  return [...isoBoxes(bytes, meta.contentStart + 4, meta.contentEnd)].find(({ name }) => name === wanted);
}

/** Returns the type of each item by its number. Items are pictures, metadata, or derived from other items. */
export function isoItemTypes(bytes: Uint8Array): Map<number, string> {
  const types = new Map<number, string>();
  const meta = metaOf(bytes);
  const iinf = meta && childOf(bytes, meta, 'iinf');
  if (!iinf) return types;
  const view = viewOf(bytes);
  const isShort = bytes[iinf.contentStart] === 0;
  const start = iinf.contentStart + (isShort ? 6 : 8);
  for (const { name, contentStart, contentEnd } of isoBoxes(bytes, start, iinf.contentEnd)) {
    const version = bytes[contentStart] ?? 0;
    const idLength = version === 2 ? 2 : 4;
    const typeAt = contentStart + 4 + idLength + 2;
    if (name !== 'infe' || version < 2 || typeAt + 4 > contentEnd) continue;
    const id = idLength === 2 ? view.getUint16(contentStart + 4) : view.getUint32(contentStart + 4);
    types.set(id, nameAt(view, typeAt));
  }
  return types;
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
    const count = read(version < 2 ? 2 : 4);
    for (let item = 0; item < count; item += 1) {
      const id = read(version < 2 ? 2 : 4);
      const method = version === 0 ? 0 : read(2) & 15;
      read(2);
      const base = read(baseSize);
      const extents = read(2);
      if (method === 0 && extents === 1) {
        read(indexSize);
        const start = base + read(offsetSize);
        found.push({ id, start, end: start + read(lengthSize) });
      } else at += extents * (indexSize + offsetSize + lengthSize);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}
