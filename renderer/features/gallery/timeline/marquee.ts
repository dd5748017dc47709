// Finds the pictures that a selection rectangle covers.
import type { PictureIndex } from '../../../state/gallery/picture-index';
import { idAt } from '../../../state/gallery/picture-index';
import { rowAtHeight } from './find-row';
import type { Layout } from './layout';

/** CSS pixels from the start of the rows, which is at the right in a right-to-left page, and from the top of the content. */
export type Rectangle = { left: number; top: number; right: number; bottom: number };

export function rectangleOf(from: { x: number; y: number }, to: { x: number; y: number }): Rectangle {
  return {
    left: Math.min(from.x, to.x),
    right: Math.max(from.x, to.x),
    top: Math.min(from.y, to.y),
    bottom: Math.max(from.y, to.y),
  };
}

/** Returns the ids in the gallery's order. */
export function picturesWithin(layout: Layout, index: PictureIndex, within: Rectangle): string[] {
  const found: string[] = [];
  const last = rowAtHeight(layout, within.bottom);
  for (let row = rowAtHeight(layout, within.top); row < layout.rows && row <= last; row += 1) {
    const top = layout.rowTop[row] ?? 0;
    if (top > within.bottom || top + (layout.rowHeight[row] ?? 0) < within.top) continue;
    const end = layout.rowFirst[row + 1] ?? 0;
    for (let at = layout.rowFirst[row] ?? 0; at < end; at += 1) {
      const left = layout.left[at] ?? 0;
      if (left > within.right || left + (layout.width[at] ?? 0) < within.left) continue;
      const id = idAt(index, at);
      if (id !== undefined) found.push(id);
    }
  }
  return found;
}
