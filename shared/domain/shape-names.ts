// The names of picture shapes, in words.
import { type AspectRatio, pictureSizes } from './models';

/** From this ratio of the longer side to the shorter one on, a picture is wide or tall. */
const wideFrom = 1.7;
const panoramaFrom = 2.2;

/** Returns a shape in words, such as “Square”, “Landscape 3:2” or “Tall 9:16”. */
export function shapeName(ratio: AspectRatio): string {
  const { width, height } = pictureSizes[ratio];
  if (width === height) return 'Square';
  const isLandscape = width > height;
  const long = Math.max(width / height, height / width);
  return `${wordFor(isLandscape, long)} ${ratio}`;
}

function wordFor(isLandscape: boolean, long: number): string {
  if (long >= panoramaFrom) return isLandscape ? 'Panorama' : 'Banner';
  if (long >= wideFrom) return isLandscape ? 'Wide' : 'Tall';
  return isLandscape ? 'Landscape' : 'Portrait';
}
