// How large the gallery's pictures are: three steps, each fitted to the window.
import type { ViewState } from '../../../../shared/domain/view-state';
import type { Grouping } from './sections';

export type Density = ViewState['galleryDensity'];

/** Square pictures that may be on screen at once, some in part. */
const maxOnScreen = 50;
const lowestRow = 120;
const timesSmall: Record<Density, number> = { large: 2, medium: 1.4, small: 1 };

/**
 * @param width of the rows, and height of what shows them, in CSS pixels.
 * @returns how high rows should be, so that a large screen has larger pictures rather than more.
 */
export function rowHeightFor(density: Density, width: number, height: number): number {
  // (height / row + 1) · (width / row) = maxOnScreen, solved for 1 / row.
  const area = width * height;
  const perPixel = (Math.sqrt(width * width + 4 * area * maxOnScreen) - width) / (2 * area);
  return Math.round(Math.max(lowestRow, 1 / perPixel) * timesSmall[density]);
}

/** @param isByDate whether the pictures are in the order of their dates. */
export function groupingFor(density: Density, isByDate: boolean): Grouping {
  if (!isByDate) return 'none';
  return density === 'small' ? 'month' : 'day';
}
