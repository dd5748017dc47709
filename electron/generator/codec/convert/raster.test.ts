// A picture that is assembled from pieces equals the picture from which they were cut, in every orientation.
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import type { Orientation } from '../../../../shared/domain/picture-bytes/facts';
import { createRaster } from './raster';

const [width, height] = [7, 5];
const colourOf = (x: number, y: number) => [x * 30, y * 50, 90, 255];

/** Returns a rectangle of the picture. Pixels beyond its edges have another colour. */
function piece(left: number, top: number, pieceWidth: number, pieceHeight: number) {
  const rgba = new Uint8ClampedArray(pieceWidth * pieceHeight * 4);
  for (let y = 0; y < pieceHeight; y += 1)
    for (let x = 0; x < pieceWidth; x += 1) rgba.set(colourOf(left + x, top + y), (y * pieceWidth + x) * 4);
  return { left, top, width: pieceWidth, height: pieceHeight, rgba };
}

/** Returns where a pixel of the upright picture is stored. */
const storedAt: Record<Orientation, (x: number, y: number) => [number, number]> = {
  1: (x, y) => [x, y],
  2: (x, y) => [width - 1 - x, y],
  3: (x, y) => [width - 1 - x, height - 1 - y],
  4: (x, y) => [x, height - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y) => [y, height - 1 - x],
  7: (x, y) => [width - 1 - y, height - 1 - x],
  8: (x, y) => [width - 1 - y, x],
};

test.each<Orientation>([1, 2, 3, 4, 5, 6, 7, 8])(
  'assembles a picture of orientation %i',
  async (orientation) => {
    const raster = createRaster({ width, height, orientation, hasAlpha: false, isLossy: false });
    for (const [left, top] of [
      [-1, -1],
      [3, -1],
      [-1, 3],
      [3, 3],
    ] as const)
      await raster.draw(piece(left, top, 5, 4));
    const picture = await loadImage(Buffer.from(await raster.encode()));
    const isTurned = orientation >= 5;
    expect([picture.width, picture.height]).toEqual(isTurned ? [height, width] : [width, height]);
    const pen = createCanvas(picture.width, picture.height).getContext('2d');
    pen.drawImage(picture, 0, 0);
    for (let y = 0; y < picture.height; y += 1)
      for (let x = 0; x < picture.width; x += 1)
        expect([...pen.getImageData(x, y, 1, 1).data]).toEqual(colourOf(...storedAt[orientation](x, y)));
  },
);

test('refuses to encode a picture with a missing piece', async () => {
  await expect(createRaster({ width, height, hasAlpha: false, isLossy: false }).encode()).rejects.toThrow();
});
