// The size of the gallery's pictures: three densities, each adapted to the window.
import type { ViewState } from '../../../../shared/domain/view-state';
import type { Grouping } from './sections';

export type Density = ViewState['galleryDensity'];

/** Maximum number of square pictures in the viewport, including partly visible ones. */
const maxVisible = 50;
const minRowHeightPx = 120;
const scaleOf: Record<Density, number> = { large: 2, medium: 1.4, small: 1 };

/**
 * Returns the target height of rows, in CSS pixels. A larger window gets larger pictures rather than more.
 *
 * @param width the width of the rows, and `height` that of the viewport, in CSS pixels.
 */
export function rowHeightFor(density: Density, width: number, height: number): number {
  // (height / row + 1) · (width / row) = maxVisible, solved for 1 / row.
  const area = width * height;
  const perPixel = (Math.sqrt(width * width + 4 * area * maxVisible) - width) / (2 * area);
  return Math.round(Math.max(minRowHeightPx, 1 / perPixel) * scaleOf[density]);
}

/**
 * @param isByDate whether the pictures are sorted by date.
 * @param isFiltered whether only some are shown. Search results are scattered over days, and a heading for each day
 *   would leave rows of one picture.
 */
export function groupingFor(density: Density, isByDate: boolean, isFiltered: boolean): Grouping {
  if (!isByDate || isFiltered) return 'none';
  return density === 'small' ? 'month' : 'day';
}
