// Encodes decoded pixels as a picture that is stored.
import { createCanvas, ImageData } from '@napi-rs/canvas';
import type { Orientation } from '../../../../shared/domain/picture-bytes/facts';
import { convertColours } from '../colours';
import { turned } from '../decode';

type Raster = {
  width: number;
  height: number;
  /** Red, green, blue and alpha, which the others are not multiplied with. */
  rgba: Uint8ClampedArray;
  orientation?: Orientation;
  /** The ICC profile of the numbers; absent for sRGB. */
  profile?: Uint8Array | null;
};

/** WebP quality of pictures whose format loses detail too. The original is kept beside. */
const quality = 95;
/** Maximum side of a WebP: https://developers.google.com/speed/webp/docs/riff_container#extended_file_format */
const maxWebpSide = 16_383;

/** @param isLossy whether the format it comes from is for photos, whose PNG would be many times as large. */
export async function encodeRaster(raster: Raster, isLossy: boolean): Promise<Uint8Array> {
  const { width, height, rgba, orientation = 1, profile = null } = raster;
  const stored = createCanvas(width, height);
  stored.getContext('2d').putImageData(new ImageData(rgba, width, height), 0, 0);
  const upright = orientation === 1 ? stored : turned(stored, orientation);
  const canvas = profile ? await convertColours(upright, profile) : upright;
  const fits = canvas.width <= maxWebpSide && canvas.height <= maxWebpSide;
  return isLossy && fits ? canvas.encode('webp', quality) : canvas.encode('png');
}
