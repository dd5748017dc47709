// The names of picture shapes, in words.
import { t } from '../languages/translate';
import { type AspectRatio, pictureSizes } from './models';

/** Minimum ratio of the longer side to the shorter one of a wide or tall picture. */
const wideFrom = 1.7;
const panoramaFrom = 2.2;

/** Returns a shape in words, such as “Square”, “Landscape 3:2” or “Tall 9:16”. */
export function shapeName(ratio: AspectRatio): string {
  const { width, height } = pictureSizes[ratio];
  if (width === height) return t('ui.shape_square');
  const isLandscape = width > height;
  const long = Math.max(width / height, height / width);
  return t(`ui.shape_${wordFor(isLandscape, long)}`, { ratio });
}

function wordFor(isLandscape: boolean, long: number) {
  if (long >= panoramaFrom) return isLandscape ? 'panorama' : 'banner';
  if (long >= wideFrom) return isLandscape ? 'wide' : 'tall';
  return isLandscape ? 'landscape' : 'portrait';
}
