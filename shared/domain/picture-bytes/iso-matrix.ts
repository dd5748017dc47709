// How a movie and its track are turned and mirrored for display: ISO/IEC 14496-12, 8.2.2, 8.3.2 and 6.2.2.
import type { Orientation } from './facts';
import { type Chunk, viewOf } from './span';

/** A linear transform: x' = a x + c y, y' = b x + d y. The translation is left out. */
type Matrix = readonly [a: number, b: number, c: number, d: number];

/** By the matrix. Other angles and scales are ignored, as Chromium does for videos. */
const orientations: Readonly<Record<string, Orientation>> = {
  ...{ '1,0,0,1': 1, '-1,0,0,1': 2, '-1,0,0,-1': 3, '1,0,0,-1': 4 },
  ...{ '0,1,1,0': 5, '0,1,-1,0': 6, '0,-1,-1,0': 7, '0,-1,1,0': 8 },
};

/** Offset of the matrix by the version of the box: version 1 has longer times and durations before it. */
const matrixAt = { tkhd: [40, 52], mvhd: [36, 48] } as const;
const matrixLength = 36;
/** The values are 16.16 fixed-point numbers. */
const one = 0x1_0000;

/** @param headers of the track and of the movie, in this order. Each is a full box. */
export function orientationOfTrack(bytes: Uint8Array, headers: readonly Chunk[]): Orientation {
  const matrix = headers.reduce<Matrix>(
    (before, header) => multiply(before, readMatrix(bytes, header)),
    [1, 0, 0, 1],
  );
  return orientations[matrix.join()] ?? 1;
}

function readMatrix(bytes: Uint8Array, { name, contentStart, contentEnd }: Chunk): Matrix {
  const version = bytes[contentStart] === 1 ? 1 : 0;
  const at = contentStart + (name === 'tkhd' ? matrixAt.tkhd : matrixAt.mvhd)[version];
  if (at + matrixLength > contentEnd) return [1, 0, 0, 1];
  const view = viewOf(bytes);
  const value = (index: number) => view.getInt32(at + 4 * index) / one;
  return [value(0), value(1), value(3), value(4)];
}

/** Returns the matrix that applies the first one, then the second. */
function multiply([a, b, c, d]: Matrix, [e, f, g, h]: Matrix): Matrix {
  return [a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h];
}
