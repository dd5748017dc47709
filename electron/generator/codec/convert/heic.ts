// Converts HEIC and HEIF with libheif: https://github.com/catdad-experiments/libheif-js
import type { LeftOut } from '../../../../shared/domain/import';
import { avifColour } from '../../../../shared/domain/picture-bytes/avif';
import { isoBoxes } from '../../../../shared/domain/picture-bytes/iso-boxes';
import { isoItemTypes } from '../../../../shared/domain/picture-bytes/iso-items';
import { pictureTrack } from '../../../../shared/domain/picture-bytes/iso-tracks';
import { isoProfile } from '../colours';
import type { Converted } from './converted';
import { type HeifPicture, type HeifPixels, withHeif } from './libheif';
import { createRaster, type Piece, type Raster } from './raster';
import { checkSize, unlessTooLarge } from './refused';

/** Pixels drawn at once, so that a large picture is not in memory twice. */
const pixelsAtOnce = 4_000_000;

/** Transfer curves of ITU-T H.273 for a high dynamic range: PQ and HLG. */
const highRangeCurves = [16, 18];

/** Maximum number of tiles in a grid of ISO/IEC 23008-12. */
const maxTiles = 65_536;

/**
 * Converts a HEIC to sRGB. libheif applies the file's rotation and mirroring to a picture, but not to the frame of
 * a track, and leaves the colours in the file's space.
 */
export async function convertHeic(bytes: Uint8Array, onProgress: () => void): Promise<Converted> {
  const { raster, size, leftOut } = await withHeif(bytes, async (picture) => {
    checkSize(picture);
    const { width, height, hasAlpha } = picture;
    const orientation = picture.isFrame ? (pictureTrack(bytes)?.orientation ?? 1) : 1;
    const profile = isoProfile(bytes);
    const raster = createRaster({ width, height, orientation, profile, hasAlpha, isLossy: true });
    await draw(raster, picture, onProgress);
    return { raster, size: { width, height }, leftOut: leftOutOf(bytes, picture) };
  });
  // Encodes after the decoder has closed, when its memory is free. The encoder has limits of its own.
  return { bytes: await unlessTooLarge(size, () => raster.encode()), leftOut };
}

/** Decodes tiles, as cameras write them, one at a time, so that the decoder never holds more than one. */
async function draw(raster: Raster, picture: HeifPicture, onProgress: () => void): Promise<void> {
  const { tiling, hasAlpha } = picture;
  // The alpha plane may be tiled differently.
  if (hasAlpha || tiling.columns * tiling.rows === 1)
    return unlessTooLarge(picture, () => picture.decode((pixels) => drawRows(raster, pixels)));
  checkTiling(picture);
  const size = { width: tiling.tileWidth, height: tiling.tileHeight };
  for (let row = 0; row < tiling.rows; row += 1) {
    for (let column = 0; column < tiling.columns; column += 1) {
      const [left, top] = [column * tiling.tileWidth - tiling.left, row * tiling.tileHeight - tiling.top];
      if (left >= picture.width || top >= picture.height) continue;
      await unlessTooLarge(size, () =>
        picture.decodeTile(column, row, (pixels) => raster.draw(pieceOf(pixels, left, top))),
      );
      onProgress();
    }
  }
}

/**
 * Rejects a tiling that does not cover the picture, which means that the header's size is wrong.
 *
 * @throws Error; also for too many tiles.
 */
function checkTiling({ width, height, tiling }: HeifPicture): void {
  const { columns, rows, tileWidth, tileHeight, left, top } = tiling;
  if (columns * rows > maxTiles) throw new Error('The picture has too many tiles.');
  if (columns * tileWidth - left < width || rows * tileHeight - top < height)
    throw new Error('The tiles do not cover the picture.');
}

async function drawRows(raster: Raster, pixels: HeifPixels): Promise<void> {
  const { width, height, stride, rows } = pixels;
  const rowsAtOnce = Math.max(1, Math.floor(pixelsAtOnce / width));
  for (let top = 0; top < height; top += rowsAtOnce) {
    const some = {
      width,
      stride,
      height: Math.min(rowsAtOnce, height - top),
      rows: rows.subarray(top * stride),
    };
    await raster.draw(pieceOf(some, 0, top));
  }
}

/** Copies pixels out of the decoder's memory. */
function pieceOf({ width, height, stride, rows }: HeifPixels, left: number, top: number): Piece {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < height; row += 1) {
    rgba.set(rows.subarray(row * stride, row * stride + width * 4), row * width * 4);
  }
  return { left, top, width, height, rgba };
}

function leftOutOf(bytes: Uint8Array, { others, depthMaps, otherMaps }: HeifPicture): LeftOut[] {
  const isSequence = [...isoBoxes(bytes)].some(({ name }) => name === 'moov');
  const colour = avifColour(bytes);
  // Whether the file has a tone map, from which a display of high dynamic range computes brighter pixels: ISO
  // 21496-1.
  const hasToneMap = [...isoItemTypes(bytes).values()].includes('tmap');
  const isOfHighRange = colour?.icc === null && highRangeCurves.includes(colour.curve);
  return [
    ...(isSequence ? (['frames'] as const) : []),
    ...(isOfHighRange ? (['range'] as const) : []),
    ...(others > 0 ? (['pictures'] as const) : []),
    ...(depthMaps > 0 ? (['depth'] as const) : []),
    ...(otherMaps > 0 || hasToneMap ? (['layers'] as const) : []),
  ];
}
