// Assembles a picture from decoded pieces and encodes it, keeping as little of it in memory as possible.
import { createCanvas, ImageData } from '@napi-rs/canvas';
import type { Orientation, Size } from '../../../../shared/domain/picture-bytes/facts';
import { convertColours } from '../colours';
import { transformOf, uprightSize } from '../decode';
import { fitsLossyWebp } from '../webp-limits';
import type { BandEncoder } from './band-encoder';
import { createJpegBands, maxJpegSide } from './jpeg-bands';
import { createPngBands } from './png-bands';
import { createWebp } from './webp-canvas';

type RasterOptions = {
  width: number;
  height: number;
  orientation?: Orientation;
  /** The ICC profile of the pixels; absent or null for sRGB. */
  profile?: Uint8Array | null;
  /** Whether any of the pieces may be transparent. */
  hasAlpha: boolean;
  /** Whether the source format is lossy. Such pictures are photos, which would be many times as large as a PNG. */
  isLossy: boolean;
};

/** A rectangle of the picture as stored, in its stored orientation. It may extend beyond the picture's edges. */
export type Piece = {
  left: number;
  top: number;
  width: number;
  height: number;
  /** Red, green, blue and alpha, not premultiplied. */
  rgba: Uint8ClampedArray;
};

export type Raster = {
  /** Pieces must come from top to bottom. Pieces side by side have the same rows. */
  draw: (piece: Piece) => Promise<void>;
  /** Returns the upright picture in sRGB. */
  encode: () => Promise<Uint8Array>;
};

/** Quality (0 to 100) of lossy results. Loss is acceptable because the original is kept. */
const quality = 95;
/** Pixels encoded at once, if the whole picture had to be assembled first. */
const pixelsAtOnce = 4_000_000;

/** Rows of the upright picture that are being assembled. */
type Rows = { top: number; bottom: number; pixels: Uint8ClampedArray };

/**
 * Encodes rows as soon as all of their pieces have come, because a canvas would hold the pixels five times. A
 * picture that has to be turned is assembled as a whole first.
 */
export function createRaster(options: RasterOptions): Raster {
  const { width, height, orientation = 1, profile = null } = options;
  const upright = uprightSize({ width, height }, orientation);
  const encoder = encoderFor(upright, options);
  let open: Rows = { top: 0, bottom: 0, pixels: new Uint8ClampedArray(0) };

  async function openRows(top: number, bottom: number): Promise<void> {
    await close();
    open = { top, bottom, pixels: new Uint8ClampedArray(upright.width * (bottom - top) * 4) };
  }

  async function close(): Promise<void> {
    const { pixels } = open;
    open = { ...open, pixels: new Uint8ClampedArray(0) };
    const length = Math.max(1, Math.floor(pixelsAtOnce / upright.width)) * upright.width * 4;
    for (let from = 0; from < pixels.length; from += length)
      await encoder.write(pixels.subarray(from, from + length));
  }

  return {
    async draw(piece) {
      const ready = profile ? { ...piece, rgba: await toSrgb(piece, profile) } : piece;
      if (orientation !== 1) {
        if (open.bottom === 0) await openRows(0, upright.height);
        turnInto(open.pixels, ready, { width, height }, orientation);
        return;
      }
      const bottom = Math.min(upright.height, piece.top + piece.height);
      if (bottom > open.bottom) await openRows(open.bottom, bottom);
      copyInto(open, upright.width, ready);
    },
    async encode() {
      await close();
      return encoder.end();
    },
  };
}

/** Encodes a lossy picture that is too large for WebP as a JPEG, unless it has transparency: see `webp-limits.ts`. */
function encoderFor(size: Size, { isLossy, hasAlpha }: RasterOptions): BandEncoder {
  if (!isLossy) return createPngBands(size, hasAlpha);
  if (fitsLossyWebp(size)) return createWebp(size, quality);
  const isJpeg = !hasAlpha && Math.max(size.width, size.height) <= maxJpegSide;
  return isJpeg ? createJpegBands(size, quality) : createPngBands(size, hasAlpha);
}

/** Empties the canvas afterwards, because the garbage collector does not know how much memory it takes. */
async function toSrgb({ width, height, rgba }: Piece, profile: Uint8Array): Promise<Uint8ClampedArray> {
  const drawn = createCanvas(width, height);
  drawn.getContext('2d').putImageData(new ImageData(rgba, width, height), 0, 0);
  const converted = await convertColours(drawn, profile);
  drawn.width = 1;
  const { data } = converted.getContext('2d').getImageData(0, 0, width, height);
  converted.width = 1;
  return data;
}

/**
 * Copies a piece to its place in the upright picture, without the pixels beyond the picture's edges.
 *
 * @param size of the picture as stored.
 */
function turnInto(pixels: Uint8ClampedArray, piece: Piece, size: Size, orientation: Orientation): void {
  const upright = uprightSize(size, orientation);
  const [a, b, c, d, e, f] = transformOf(orientation, upright);
  const target = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4);
  const source = new Uint32Array(piece.rgba.slice().buffer);
  const [left, right] = [Math.max(0, piece.left), Math.min(size.width, piece.left + piece.width)];
  const bottom = Math.min(size.height, piece.top + piece.height);
  for (let y = Math.max(0, piece.top); y < bottom; y += 1) {
    // The target of the row's first pixel. The terms `a` and `b` give the step from one pixel to the next.
    const x = Math.floor(a * (left + 0.5) + c * (y + 0.5) + e);
    let to = Math.floor(b * (left + 0.5) + d * (y + 0.5) + f) * upright.width + x;
    const from = (y - piece.top) * piece.width - piece.left;
    for (let at = left; at < right; at += 1, to += b * upright.width + a) target[to] = source[from + at] ?? 0;
  }
}

/** Copies a piece without the pixels beyond the edges. @throws Error for rows that have been encoded already. */
function copyInto({ top: first, bottom, pixels }: Rows, rowWidth: number, piece: Piece): void {
  const { left, top, width, height, rgba } = piece;
  if (Math.max(0, top) < first) throw new Error('A piece has come too late.');
  const [from, to] = [Math.max(0, left), Math.min(rowWidth, left + width)];
  for (let y = Math.max(0, top); y < Math.min(bottom, top + height); y += 1) {
    const start = ((y - top) * width - left) * 4;
    pixels.set(rgba.subarray(start + from * 4, start + to * 4), ((y - first) * rowWidth + from) * 4);
  }
}
