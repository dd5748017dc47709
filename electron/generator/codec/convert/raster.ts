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
  /** The ICC profile of the numbers; absent for sRGB. */
  profile?: Uint8Array | null;
  /** Whether any of the pieces may be transparent. */
  hasAlpha: boolean;
  /** Whether the format it comes from is for photos, whose PNG would be many times as large. */
  isLossy: boolean;
};

/** A rectangle of the picture as it is stored. It may reach beyond the picture's edges. */
export type Piece = {
  left: number;
  top: number;
  width: number;
  height: number;
  /** Red, green, blue and alpha, which the others are not multiplied with. */
  rgba: Uint8ClampedArray;
};

export type Raster = {
  /** Pieces come from top to bottom: those beside each other have the same rows, and what is above them is done. */
  draw: (piece: Piece) => Promise<void>;
  /** Returns the upright picture in sRGB. */
  encode: () => Promise<Uint8Array>;
};

/** Of pictures whose format loses detail too. The original is kept beside. */
const quality = 95;
/** Pixels that are encoded at once, of a picture that is there as a whole. */
const pixelsAtOnce = 4_000_000;

/** Rows of the upright picture that are being put together. */
type Rows = { top: number; bottom: number; pixels: Uint8ClampedArray };

/**
 * Encodes rows as soon as all of their pieces are there: a canvas would hold the pixels five times. A picture that has to
 * be turned is put together as a whole before.
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

/** A picture that is too large for a lossy WebP becomes a JPEG, unless it is transparent: see `webp-limits.ts`. */
function encoderFor(size: Size, { isLossy, hasAlpha }: RasterOptions): BandEncoder {
  if (!isLossy) return createPngBands(size, hasAlpha);
  if (fitsLossyWebp(size)) return createWebp(size, quality);
  const isJpeg = !hasAlpha && Math.max(size.width, size.height) <= maxJpegSide;
  return isJpeg ? createJpegBands(size, quality) : createPngBands(size, hasAlpha);
}

/** The canvas is emptied: the garbage collector does not know how much memory it takes. */
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
 * Copies a piece to its place in the upright picture, pixel by pixel. Leaves out what is beyond the edges.
 *
 * @param size of the picture as it is stored.
 */
function turnInto(pixels: Uint8ClampedArray, piece: Piece, size: Size, orientation: Orientation): void {
  const upright = uprightSize(size, orientation);
  const [a, b, c, d, e, f] = transformOf(orientation, upright);
  const target = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4);
  const source = new Uint32Array(piece.rgba.slice().buffer);
  const [left, right] = [Math.max(0, piece.left), Math.min(size.width, piece.left + piece.width)];
  const bottom = Math.min(size.height, piece.top + piece.height);
  for (let y = Math.max(0, piece.top); y < bottom; y += 1) {
    // Where the middle of the first pixel comes to lie, and how far it is from one to the next.
    const x = Math.floor(a * (left + 0.5) + c * (y + 0.5) + e);
    let to = Math.floor(b * (left + 0.5) + d * (y + 0.5) + f) * upright.width + x;
    const from = (y - piece.top) * piece.width - piece.left;
    for (let at = left; at < right; at += 1, to += b * upright.width + a) target[to] = source[from + at] ?? 0;
  }
}

/** Leaves out what is beyond the edges. @throws Error for rows that have been encoded. */
function copyInto({ top: first, bottom, pixels }: Rows, rowWidth: number, piece: Piece): void {
  const { left, top, width, height, rgba } = piece;
  if (Math.max(0, top) < first) throw new Error('A piece has come too late.');
  const [from, to] = [Math.max(0, left), Math.min(rowWidth, left + width)];
  for (let y = Math.max(0, top); y < Math.min(bottom, top + height); y += 1) {
    const start = ((y - top) * width - left) * 4;
    pixels.set(rgba.subarray(start + from * 4, start + to * 4), ((y - first) * rowWidth + from) * 4);
  }
}
