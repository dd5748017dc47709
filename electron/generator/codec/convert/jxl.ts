// Converts JPEG XL with jxl-oxide.
import type { JxlImage } from 'jxl-oxide-wasm';
import { jxlHeader } from '../../../../shared/domain/picture-bytes/jxl-header';
import { openUpright } from '../decode';
import type { Converted } from './converted';
import { withOxide } from './jxl-oxide';
import { createRaster, type Raster } from './raster';
import { checkSize, Refused, unlessTooLarge } from './refused';

/** Pixels decoded at once. The decoder needs 30 bytes for each of them. */
const pixelsAtOnce = 8_000_000;
/**
 * Pixels are compressed in square groups of this side. Decoding part of a group takes as long as decoding all of
 * it.
 */
const groupSide = 256;

/** Decodes band by band. The library turns the picture upright. */
export async function convertJxl(bytes: Uint8Array, onProgress: () => void): Promise<Converted> {
  const header = jxlHeader(bytes);
  if (!header) throw new Error('The header cannot be read.');
  checkSize(header);
  const raster = await unlessTooLarge(header, () =>
    withOxide(async ({ JxlImage }) => {
      const image = new JxlImage();
      image.forceSrgb = true;
      image.feedBytes(bytes);
      if (!image.tryInit() || !image.loaded) throw new Refused('truncated');
      const drawn = await draw(image, onProgress);
      image.free();
      return drawn;
    }),
  );
  return {
    bytes: await unlessTooLarge(header, () => raster.encode()),
    leftOut: header.isAnimated ? ['frames'] : [],
  };
}

async function draw(image: JxlImage, onProgress: () => void): Promise<Raster> {
  const { width = 0, height = 0 } = image;
  // The library has parsed the header itself, and its size may differ from ours.
  checkSize({ width, height });
  const groups = Math.max(1, Math.floor(pixelsAtOnce / width / groupSide));
  const rowsAtOnce = groups * groupSide;
  let raster: Raster | null = null;
  for (let top = 0; top < height; top += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, height - top);
    image.renderingRegion = { left: 0, top, width, height: rows };
    const png = image.render(0).encodeToPng();
    raster ??= createRaster({ width, height, hasAlpha: hasAlpha(png), isLossy: true });
    const band = await openUpright(png);
    if (band.width !== width || band.height !== rows) throw new Error('The band has another size.');
    const { data } = band.getContext('2d').getImageData(0, 0, width, rows);
    await raster.draw({ left: 0, top, width, height: rows, rgba: data });
    onProgress();
  }
  if (!raster) throw new Error('The picture has no size.');
  return raster;
}

/** Colour types 4 and 6 have alpha: https://www.w3.org/TR/png-3/#11IHDR */
function hasAlpha(png: Uint8Array): boolean {
  return ((png[25] ?? 0) & 4) !== 0;
}
