// Turns and mirrors a JPEG without loss: its EXIF orientation changes, and its pixels stay byte for byte.
import type { Orientation } from './facts';
import { findExif } from './metadata';
import { removeJpegMetadata } from './remove-metadata';

/** How decoders show the stored pixels: mirrored from left to right or not, then turned clockwise. */
type Placement = { mirrored: boolean; quarterTurns: number };

/** https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf, 4.6.4, tag 274 */
const placements: Readonly<Record<Orientation, Placement>> = {
  1: { mirrored: false, quarterTurns: 0 },
  2: { mirrored: true, quarterTurns: 0 },
  3: { mirrored: false, quarterTurns: 2 },
  4: { mirrored: true, quarterTurns: 2 },
  5: { mirrored: true, quarterTurns: 3 },
  6: { mirrored: false, quarterTurns: 1 },
  7: { mirrored: true, quarterTurns: 1 },
  8: { mirrored: false, quarterTurns: 3 },
};

/**
 * Returns a JPEG that is shown turned clockwise, then mirrored from left to right. Only metadata that affects the pixels is
 * kept (`removeMetadata`).
 *
 * @param change in quarter turns, from 0 to 3.
 */
export function turnJpeg(
  bytes: Uint8Array,
  { quarterTurns, mirrored }: { quarterTurns: number; mirrored: boolean },
): Uint8Array {
  const before = placements[findExif(bytes, 'jpg')?.orientation ?? 1];
  const turns = before.quarterTurns + quarterTurns;
  const after: Placement = {
    mirrored: before.mirrored !== mirrored,
    // Turning and then mirroring is the same as mirroring and then turning the other way.
    quarterTurns: (mirrored ? 8 - turns : turns) % 4,
  };
  return removeJpegMetadata(bytes, orientationOf(after));
}

function orientationOf({ mirrored, quarterTurns }: Placement): Orientation {
  const all: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];
  const isSame = (each: Orientation) =>
    placements[each].mirrored === mirrored && placements[each].quarterTurns === quarterTurns;
  return all.find(isSame) ?? 1;
}
