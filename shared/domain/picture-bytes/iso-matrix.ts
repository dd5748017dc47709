// How a movie and its track are turned and mirrored for display: ISO/IEC 14496-12, 8.2.2, 8.3.2 and 6.2.2.
import type { Orientation } from './facts';
import { type Chunk, viewOf } from './span';

/** How a place is moved: x' = a x + c y, y' = b x + d y. Where the picture begins is left out. */
type Matrix = readonly [a: number, b: number, c: number, d: number];

/** By the matrix. Other angles and sizes are ignored, as Chromium does for videos. */
const orientations: Readonly<Record<string, Orientation>> = {
  ...{ '1,0,0,1': 1, '-1,0,0,1': 2, '-1,0,0,-1': 3, '1,0,0,-1': 4 },
  ...{ '0,1,1,0': 5, '0,1,-1,0': 6, '0,-1,-1,0': 7, '0,-1,1,0': 8 },
};

/** Where the matrix of a box is, by the box's version: its times and durations are longer in the later one. */
const matrixAt = { tkhd: [40, 52], mvhd: [36, 48] } as const;
const matrixLength = 36;
/** Places are 16.16 numbers. */
const one = 0x1_0000;

/** @param headers of the track and of the movie, in this order. Each is a full box. */
export function orientationOfTrack(bytes: Uint8Array, headers: readonly Chunk[]): Orientation {
  const matrix = headers.reduce<Matrix>(
    (before, header) => multiply(before, readMatrix(bytes, header)),
    [1, 0, 0, 1],
  );
  // Negative zero has no sign here.
  return orientations[matrix.map((value) => value + 0).join()] ?? 1;
}

function readMatrix(bytes: Uint8Array, { name, contentStart, contentEnd }: Chunk): Matrix {
  const version = bytes[contentStart] === 1 ? 1 : 0;
  const at = contentStart + (name === 'tkhd' ? matrixAt.tkhd : matrixAt.mvhd)[version];
  if (at + matrixLength > contentEnd) return [1, 0, 0, 1];
  const view = viewOf(bytes);
  const value = (index: number) => view.getInt32(at + 4 * index) / one;
  return [value(0), value(1), value(3), value(4)];
}

/** Returns what does first one, then the other. */
function multiply([a, b, c, d]: Matrix, [e, f, g, h]: Matrix): Matrix {
  return [a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h];
}
