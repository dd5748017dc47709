// Finds the row at a height or of a picture by binary search.
import type { Layout } from './layout';

/** Returns the last row that starts at or above a height, or 0 above the first. */
export function rowAtHeight({ rowTop, rows }: Layout, y: number): number {
  return lastAtMost(rowTop, rows, y);
}

/** Returns the row of the picture at an index. */
export function rowOfPicture({ rowFirst, rows }: Layout, at: number): number {
  return lastAtMost(rowFirst, rows, at);
}

function lastAtMost(column: Float64Array | Int32Array, length: number, value: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((column[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** Rows `first` to `last`, inclusive; empty if `last` is less than `first`. */
export type RowRange = { first: number; last: number };

/** Maximum number of rendered tiles, unless more are visible. */
export const maxTilesInPage = 56;
const rowsAhead = 4;
const rowsBehind = 1;

/**
 * Returns the rows between two heights and some beyond them.
 *
 * @param direction the scroll direction, in which more rows are rendered. `none`: only visible ones.
 */
export function rowsToShow(
  layout: Layout,
  top: number,
  bottom: number,
  direction: 1 | -1 | 'none',
): RowRange {
  if (layout.rows === 0) return { first: 0, last: -1 };
  let first = rowAtHeight(layout, top);
  let last = rowAtHeight(layout, bottom);
  if (direction === 'none') return { first, last };
  const tiles = () => (layout.rowFirst[last + 1] ?? 0) - (layout.rowFirst[first] ?? 0);
  const [above, below] = direction === 1 ? [rowsBehind, rowsAhead] : [rowsAhead, rowsBehind];
  const extend = (by: 1 | -1): boolean => {
    if (by === 1 ? last + 1 >= layout.rows : first === 0) return false;
    const more =
      by === 1
        ? (layout.rowFirst[last + 2] ?? 0) - (layout.rowFirst[last + 1] ?? 0)
        : (layout.rowFirst[first] ?? 0) - (layout.rowFirst[first - 1] ?? 0);
    if (tiles() + more > maxTilesInPage) return false;
    if (by === 1) last += 1;
    else first -= 1;
    return true;
  };
  const order: { by: 1 | -1; times: number }[] = [
    { by: 1, times: below },
    { by: -1, times: above },
  ];
  for (const { by, times } of direction === 1 ? order : order.toReversed()) {
    for (let time = 0; time < times && extend(by); time += 1);
  }
  return { first, last };
}
