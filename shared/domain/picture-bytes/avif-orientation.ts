// How an AVIF's primary picture is turned and mirrored for display: ISO/IEC 23008-12, 6.5.10 and 6.5.12.
import type { Orientation } from './facts';
import { isoBoxes } from './iso-boxes';
import { type Chunk, viewOf } from './span';

/** By quarter turns anticlockwise, then by mirroring afterwards: not at all, top to bottom, left to right. */
const orientations: readonly (readonly [Orientation, Orientation, Orientation])[] = [
  [1, 4, 2],
  [8, 5, 7],
  [3, 2, 4],
  [6, 7, 5],
];
/** More associations than any picture has. */
const maxAssociations = 4096;

/** @param properties of `ipco`, in their order. */
export function avifOrientation(bytes: Uint8Array, meta: Chunk, properties: readonly Chunk[]): Orientation {
  const primary = primaryItem(bytes, meta);
  let quarterTurns = 0;
  let mirroring: 0 | 1 | 2 = 0;
  for (const index of primary === null ? [] : propertiesOf(bytes, meta, primary)) {
    const property = properties[index - 1];
    const value =
      property && property.contentStart < property.contentEnd ? bytes[property.contentStart] : null;
    if (value === null || value === undefined) continue;
    if (property?.name === 'irot') quarterTurns = value & 3;
    if (property?.name === 'imir') mirroring = value & 1 ? 2 : 1;
  }
  return orientations[quarterTurns]?.[mirroring] ?? 1;
}

/** `pitm`: ISO/IEC 14496-12, 8.11.4. */
function primaryItem(bytes: Uint8Array, meta: Chunk): number | null {
  const pitm = boxAt(bytes, ['pitm'], meta.contentStart + 4, meta.contentEnd);
  return pitm ? (readId(bytes, pitm, 4, bytes[pitm.contentStart] === 0) ?? null) : null;
}

/** `ipma`: ISO/IEC 23008-12, 9.3. Returns the one-based indices of the item's properties. */
function propertiesOf(bytes: Uint8Array, meta: Chunk, item: number): number[] {
  const ipma = boxAt(bytes, ['iprp', 'ipma'], meta.contentStart + 4, meta.contentEnd);
  if (!ipma || ipma.contentEnd - ipma.contentStart < 8) return [];
  const view = viewOf(bytes);
  const isShortId = (bytes[ipma.contentStart] ?? 0) < 1;
  const isLongIndex = ((bytes[ipma.contentStart + 3] ?? 0) & 1) === 1;
  const indexLength = isLongIndex ? 2 : 1;
  const entries = Math.min(view.getUint32(ipma.contentStart + 4), maxAssociations);
  let at = 8;
  for (let entry = 0; entry < entries; entry += 1) {
    const id = readId(bytes, ipma, at, isShortId);
    at += isShortId ? 2 : 4;
    const start = ipma.contentStart + at + 1;
    const count = start <= ipma.contentEnd ? (bytes[start - 1] ?? 0) : 0;
    at += 1 + count * indexLength;
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

function boxAt(bytes: Uint8Array, [name, ...below]: string[], from: number, to: number): Chunk | null {
  for (const box of isoBoxes(bytes, from, to)) {
    if (box.name !== name) continue;
    return below.length === 0 ? box : boxAt(bytes, below, box.contentStart, box.contentEnd);
  }
  return null;
}
