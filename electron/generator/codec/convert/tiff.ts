// Converts the first page of a TIFF: https://github.com/image-js/tiff
import { decode, type TiffIfd } from 'tiff';
import type { LeftOut } from '../../../../shared/domain/import';
import { readExif } from '../../../../shared/domain/picture-bytes/exif';
import type { Converted } from './converted';
import { createRaster } from './raster';
import { checkSize } from './refused';
import { bandsOf } from './tiff-bands';
import { kinds, mayBeTransparent, rgbaConverter } from './tiff-colours';
import { directoryOf, hasMorePages } from './tiff-directory';

const iccTag = 34_675;
/** Pixels whose colours are converted at once. */
const pixelsAtOnce = 4_000_000;

/**
 * Converts the first picture of a TIFF in bands.
 *
 * @param onProgress called after each band.
 * @throws Error if the file has no picture, or none that the library can read.
 */
export async function convertTiff(bytes: Uint8Array, onProgress: () => void): Promise<Converted> {
  const directory = directoryOf(bytes);
  const [page] = decode(bytes, { pages: [0], ignoreImageData: true });
  if (!page) throw new Error('The file has no picture.');
  checkSize(page);
  const { width, height } = page;
  const toRgba = rgbaConverter(page, directory);
  const raster = createRaster({
    ...{ width, height, orientation: readExif(bytes)?.orientation ?? 1 },
    profile: page.type === kinds.rgb ? profileOf(page) : null,
    ...{ hasAlpha: mayBeTransparent(page), isLossy: false },
  });
  const rowsAtOnce = Math.max(1, Math.floor(pixelsAtOnce / width));
  for await (const { top, rows, data } of bandsOf(bytes, directory)) {
    const samplesPerRow = data.length / rows;
    for (let from = 0; from < rows; from += rowsAtOnce) {
      const some = Math.min(rowsAtOnce, rows - from);
      const rgba = new Uint8ClampedArray(width * some * 4);
      toRgba(data.subarray(from * samplesPerRow, (from + some) * samplesPerRow), rgba);
      await raster.draw({ left: 0, top: top + from, width, height: some, rgba });
      onProgress();
    }
  }
  const leftOut: LeftOut[] = [
    ...(hasMorePages(bytes, directory) ? (['pages'] as const) : []),
    ...(page.type === kinds.separated ? (['inks'] as const) : []),
  ];
  return { bytes: await raster.encode(), leftOut };
}

function profileOf(page: TiffIfd): Uint8Array | null {
  const profile: unknown = page.get(iccTag);
  return profile instanceof Uint8Array ? profile : Array.isArray(profile) ? Uint8Array.from(profile) : null;
}
