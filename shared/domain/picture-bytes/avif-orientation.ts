// How an AVIF's primary picture is turned and mirrored for display: ISO/IEC 23008-12, 6.5.10 and 6.5.12.
import type { Orientation } from './facts';
import type { Chunk } from './span';

/** By anticlockwise quarter turns, then by the mirroring that follows: none, top to bottom, left to right. */
const orientations: readonly (readonly [Orientation, Orientation, Orientation])[] = [
  [1, 4, 2],
  [8, 5, 7],
  [3, 2, 4],
  [6, 7, 5],
];

/** @param properties of the picture, in their order. */
export function avifOrientation(bytes: Uint8Array, properties: readonly Chunk[]): Orientation {
  let quarterTurns = 0;
  let mirroring: 0 | 1 | 2 = 0;
  for (const { name, contentStart, contentEnd } of properties) {
    const value = contentStart < contentEnd ? bytes[contentStart] : undefined;
    if (value === undefined) continue;
    if (name === 'irot') quarterTurns = value & 3;
    if (name === 'imir') mirroring = value & 1 ? 2 : 1;
  }
  return orientations[quarterTurns]?.[mirroring] ?? 1;
}
