// The properties of a HEIF's or AVIF's pictures, such as size, turn and colours: ISO/IEC 23008-12, 9.3.
import { isoBoxes } from './iso-boxes';
import { type Chunk, viewOf } from './span';

/** Returns the properties of all pictures, in the order by which `ipma` refers to them. */
export function isoProperties(bytes: Uint8Array, meta: Chunk): Chunk[] {
  return boxesAt(bytes, ['iprp', 'ipco'], startOf(meta), meta.contentEnd).flatMap((ipco) => [
    ...isoBoxes(bytes, ipco.contentStart, ipco.contentEnd),
  ]);
}

/**
 * Returns the properties of the shown picture, in order. Other items, such as a gain map, a thumbnail or an alpha channel,
 * may have different properties.
 */
export function primaryProperties(bytes: Uint8Array, meta: Chunk): Chunk[] {
  const primary = primaryItem(bytes, meta);
  if (primary === null) return [];
  const properties = isoProperties(bytes, meta);
  return indicesOf(bytes, meta, primary).flatMap((index) => properties[index - 1] ?? []);
}

/** `meta` is a full box: four bytes of version and flags come first. */
function startOf(meta: Chunk): number {
  return meta.contentStart + 4;
}

/** `pitm`: ISO/IEC 14496-12, 8.11.4. */
function primaryItem(bytes: Uint8Array, meta: Chunk): number | null {
  const [pitm] = boxesAt(bytes, ['pitm'], startOf(meta), meta.contentEnd);
  return pitm ? readId(bytes, pitm, 4, bytes[pitm.contentStart] === 0) : null;
}

/** Returns the one-based indices of an item's properties. */
function indicesOf(bytes: Uint8Array, meta: Chunk, item: number): number[] {
  for (const ipma of boxesAt(bytes, ['iprp', 'ipma'], startOf(meta), meta.contentEnd)) {
    const indices = associationsIn(bytes, ipma, item);
    if (indices.length > 0) return indices;
  }
  return [];
}

function associationsIn(bytes: Uint8Array, ipma: Chunk, item: number): number[] {
  if (ipma.contentEnd - ipma.contentStart < 8) return [];
  const view = viewOf(bytes);
  const isShortId = (bytes[ipma.contentStart] ?? 0) < 1;
  const isLongIndex = ((bytes[ipma.contentStart + 3] ?? 0) & 1) === 1;
  const indexLength = isLongIndex ? 2 : 1;
  const entries = view.getUint32(ipma.contentStart + 4);
  let at = 8;
  for (let entry = 0; entry < entries; entry += 1) {
    const id = readId(bytes, ipma, at, isShortId);
    at += isShortId ? 2 : 4;
    const start = ipma.contentStart + at + 1;
    const count = start <= ipma.contentEnd ? (bytes[start - 1] ?? 0) : 0;
    at += 1 + count * indexLength;
    // The box may declare more entries than it contains.
    if (id === null || ipma.contentStart + at > ipma.contentEnd) return [];
    if (id !== item) continue;
    return Array.from({ length: count }, (_, index) =>
      isLongIndex ? view.getUint16(start + 2 * index) & 0x7fff : view.getUint8(start + index) & 0x7f,
    );
  }
  return [];
}

function readId(bytes: Uint8Array, box: Chunk, offset: number, isShort: boolean): number | null {
  const at = box.contentStart + offset;
  if (at + (isShort ? 2 : 4) > box.contentEnd) return null;
  return isShort ? viewOf(bytes).getUint16(at) : viewOf(bytes).getUint32(at);
}

/** Returns every box with this path of names. */
function boxesAt(bytes: Uint8Array, [name, ...below]: string[], from: number, to: number): Chunk[] {
  const found = [...isoBoxes(bytes, from, to)].filter((box) => box.name === name);
  if (below.length === 0) return found;
  return found.flatMap((box) => boxesAt(bytes, below, box.contentStart, box.contentEnd));
}
