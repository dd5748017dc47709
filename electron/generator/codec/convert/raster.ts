// Collects decoded pixels piece by piece, and encodes them as a picture that is stored.
import { type Canvas, createCanvas, ImageData } from '@napi-rs/canvas';
import type { Orientation } from '../../../../shared/domain/picture-bytes/facts';
import { convertColours } from '../colours';
import { drawTurned, uprightSize } from '../decode';

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

/** WebP quality of pictures whose format loses detail too. The original is kept beside. */
const quality = 95;
/** Maximum side of a WebP: https://developers.google.com/speed/webp/docs/riff_container#extended_file_format */
const maxWebpSide = 16_383;
/** Pixels that are turned or whose colours are converted at once, which takes as much memory several times. */
const pixelsAtOnce = 4_000_000;

/** Holds the upright picture in sRGB once, from the first piece on, and nothing else of its size. */
export function createRaster({ width, height, orientation = 1, profile = null }: RasterOptions): Raster {
  const upright = uprightSize({ width, height }, orientation);
  let canvas: Canvas | null = null;

  return {
    async draw(piece) {
      const { left, top, rgba } = piece;
      canvas ??= createCanvas(upright.width, upright.height);
      const pen = canvas.getContext('2d');
      if (!profile && orientation === 1)
        return pen.putImageData(new ImageData(rgba, piece.width, piece.height), left, top);
      const drawn = canvasOf(piece);
      drawTurned(pen, profile ? await convertColours(drawn, profile) : drawn, orientation, { left, top });
    },
    async encode(isLossy) {
      if (!canvas) throw new Error('The picture has no pixels.');
      const fits = canvas.width <= maxWebpSide && canvas.height <= maxWebpSide;
      return isLossy && fits ? canvas.encode('webp', quality) : canvas.encode('png');
    },
  };
}

function canvasOf({ width, height, rgba }: Piece): Canvas {
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').putImageData(new ImageData(rgba, width, height), 0, 0);
  return canvas;
}

/** Encodes pixels that are there at once. @param isLossy as `Raster.encode`. */
export async function encodeRaster(
  { rgba, ...options }: RasterOptions & Pick<Piece, 'rgba'>,
  isLossy: boolean,
): Promise<Uint8Array> {
  const { width, height } = options;
  const raster = createRaster(options);
  const rows = Math.max(1, Math.floor(pixelsAtOnce / width));
  for (let top = 0; top < height; top += rows) {
    const count = Math.min(rows, height - top);
    const some = rgba.subarray(top * width * 4, (top + count) * width * 4);
    await raster.draw({ left: 0, top, width, height: count, rgba: some });
  }
  return raster.encode(isLossy);
}
