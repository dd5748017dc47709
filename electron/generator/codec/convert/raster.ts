// Collects decoded pixels piece by piece, and encodes them as a picture that is stored.
import { createCanvas, ImageData } from '@napi-rs/canvas';
import type { Orientation, Size } from '../../../../shared/domain/picture-bytes/facts';
import { convertColours } from '../colours';
import { turnedCanvas, turnedPlace, uprightSize } from '../decode';
import { fitsLossyWebp } from '../webp-limits';

type RasterOptions = {
  width: number;
  height: number;
  orientation?: Orientation;
  /** The ICC profile of the numbers; absent for sRGB. */
  profile?: Uint8Array | null;
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
  draw: (piece: Piece) => Promise<void>;
  /** @param isLossy whether the format it comes from is for photos, whose PNG would be many times as large. */
  encode: (isLossy: boolean) => Promise<Uint8Array>;
};

/** Of pictures whose format loses detail too. The original is kept beside. */
const quality = 95;
/** Pixels that are turned or whose colours are converted at once, which takes as much memory several times. */
const pixelsAtOnce = 4_000_000;

/**
 * Holds the upright picture in sRGB, from the first piece on. Not in a canvas: a canvas keeps what is drawn as a list, and
 * copies all of its pixels whenever the list has become long.
 */
export function createRaster({ width, height, orientation = 1, profile = null }: RasterOptions): Raster {
  const upright = uprightSize({ width, height }, orientation);
  let pixels: Uint8ClampedArray | null = null;

  return {
    async draw(piece) {
      pixels ??= new Uint8ClampedArray(upright.width * upright.height * 4);
      const isReady = !profile && orientation === 1;
      copyInto(pixels, upright, isReady ? piece : await turn(piece, { width, height, orientation, profile }));
    },
    async encode(isLossy) {
      if (!pixels) throw new Error('The picture has no pixels.');
      return encodePixels(pixels, upright, isLossy);
    },
  };
}

/** Returns a piece of the upright picture, in sRGB. */
async function turn(piece: Piece, { orientation = 1, profile, ...size }: RasterOptions): Promise<Piece> {
  const drawn = createCanvas(piece.width, piece.height);
  drawn.getContext('2d').putImageData(new ImageData(piece.rgba, piece.width, piece.height), 0, 0);
  const converted = profile ? await convertColours(drawn, profile) : drawn;
  const upright = turnedCanvas(converted, orientation);
  const { width, height } = upright;
  const { data } = upright.getContext('2d').getImageData(0, 0, width, height);
  return { ...turnedPlace(piece, size, orientation), width, height, rgba: data };
}

/** Leaves out what is beyond the edges. */
function copyInto(pixels: Uint8ClampedArray, size: Size, { left, top, width, height, rgba }: Piece): void {
  const [from, to] = [Math.max(0, left), Math.min(size.width, left + width)];
  for (let y = Math.max(0, top); y < Math.min(size.height, top + height); y += 1) {
    const start = ((y - top) * width - left) * 4;
    pixels.set(rgba.subarray(start + from * 4, start + to * 4), (y * size.width + from) * 4);
  }
}

/** A large picture without alpha becomes a JPEG, which has no such limits and takes a tenth of the time. */
async function encodePixels(
  pixels: Uint8ClampedArray,
  { width, height }: Size,
  isLossy: boolean,
): Promise<Uint8Array> {
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').putImageData(new ImageData(pixels, width, height), 0, 0);
  if (!isLossy) return canvas.encode('png');
  if (fitsLossyWebp({ width, height })) return canvas.encode('webp', quality);
  return isWithoutAlpha(pixels) ? canvas.encode('jpeg', quality) : canvas.encode('png');
}

function isWithoutAlpha(pixels: Uint8ClampedArray): boolean {
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 255) return false;
  return true;
}

/** Encodes pixels that are there at once. @param isLossy as `Raster.encode`. */
export async function encodeRaster(
  { rgba, ...options }: RasterOptions & Pick<Piece, 'rgba'>,
  isLossy: boolean,
): Promise<Uint8Array> {
  const { width, height, orientation = 1, profile } = options;
  if (!profile && orientation === 1) return encodePixels(rgba, options, isLossy);
  const raster = createRaster(options);
  const rows = Math.max(1, Math.floor(pixelsAtOnce / width));
  for (let top = 0; top < height; top += rows) {
    const count = Math.min(rows, height - top);
    const some = rgba.subarray(top * width * 4, (top + count) * width * 4);
    await raster.draw({ left: 0, top, width, height: count, rgba: some });
  }
  return raster.encode(isLossy);
}
