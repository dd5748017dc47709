// Finds the picture that a navigation key goes to.
import { rowAtHeight, rowOfPicture } from './find-row';
import type { Layout } from './layout';

/**
 * Returns the index of the picture that a key goes to, or undefined if there is none.
 *
 * @param at the index of the current picture.
 * @param page the height of a page, in CSS pixels.
 */
export function nextPicture(layout: Layout, at: number, key: string, page: number): number | undefined {
  const within = (place: number) => (place >= 0 && place < layout.pictures ? place : undefined);
  const row = rowOfPicture(layout, at);
  switch (key) {
    case 'ArrowRight':
      return within(at + 1);
    case 'ArrowLeft':
      return within(at - 1);
    case 'Home':
      return within(0);
    case 'End':
      return within(layout.pictures - 1);
    case 'ArrowDown':
      return row + 1 < layout.rows ? nearest(layout, row + 1, at) : undefined;
    case 'ArrowUp':
      return row > 0 ? nearest(layout, row - 1, at) : undefined;
    case 'PageDown':
      return nearest(layout, rowAtHeight(layout, (layout.rowTop[row] ?? 0) + page), at);
    case 'PageUp':
      return nearest(layout, rowAtHeight(layout, Math.max(0, (layout.rowTop[row] ?? 0) - page)), at);
    default:
      return undefined;
  }
}

/** Returns the picture of a row whose middle is nearest to that of another picture. */
function nearest(layout: Layout, row: number, at: number): number {
  const middle = (place: number) => (layout.left[place] ?? 0) + (layout.width[place] ?? 0) / 2;
  const last = (layout.rowFirst[row + 1] ?? 0) - 1;
  let best = layout.rowFirst[row] ?? 0;
  for (let place = best + 1; place <= last; place += 1) {
    if (Math.abs(middle(place) - middle(at)) < Math.abs(middle(best) - middle(at))) best = place;
  }
  return best;
}
