// Reads from a JPEG XL's header its size, and whether it is animated: ISO/IEC 18181-1, annex D.
import type { Size } from './facts';
import { isoBoxes } from './iso-boxes';
import { hasTextAt } from './span';

/** Ratios of width to height, by the three bits that select them. */
const ratios: readonly (readonly [number, number])[] = [
  [1, 1],
  [6, 5],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
];
const sizeBits: readonly number[] = [9, 13, 18, 30];

/** Returns null when there is no complete header. */
export function jxlHeader(bytes: Uint8Array): (Size & { isAnimated: boolean }) | null {
  const start = codestreamStart(bytes);
  if (start === null || !hasTextAt(bytes, start, '\xff\x0a')) return null;
  let position = (start + 2) * 8;
  /** Bits are read from the least significant one of each byte. */
  const read = (count: number): number => {
    let value = 0;
    for (let bit = 0; bit < count; bit += 1, position += 1) {
      value += (((bytes[position >> 3] ?? 0) >> (position & 7)) & 1) * 2 ** bit;
    }
    return value;
  };
  const readSize = (): Size => {
    const isSmall = read(1) === 1;
    const side = () => (isSmall ? (read(5) + 1) * 8 : read(sizeBits[read(2)] ?? 9) + 1);
    const height = side();
    const ratio = ratios[read(3) - 1];
    return { width: ratio ? Math.floor((height * ratio[0]) / ratio[1]) : side(), height };
  };
  const size = readSize();
  if (position > bytes.length * 8) return null;
  const isDefault = read(1) === 1;
  const hasMore = !isDefault && read(1) === 1;
  if (!hasMore) return { ...size, isAnimated: false };
  const orientationBits = 3;
  read(orientationBits);
  const hasIntrinsicSize = read(1) === 1;
  if (hasIntrinsicSize) readSize();
  // Gives up on a preview, whose size would come first, because no encoder writes one.
  const hasPreview = read(1) === 1;
  return { ...size, isAnimated: !hasPreview && read(1) === 1 };
}

/** A container has the codestream in one box, or in several that each begin with a number of four bytes. */
function codestreamStart(bytes: Uint8Array): number | null {
  if (hasTextAt(bytes, 0, '\xff\x0a')) return 0;
  for (const { name, contentStart } of isoBoxes(bytes)) {
    if (name === 'jxlc') return contentStart;
    if (name === 'jxlp') return contentStart + 4;
  }
  return null;
}
