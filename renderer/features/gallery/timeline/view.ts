// The visible part of the timeline as plain values: how it changes with scrolling, layouts and targets.
import { idAt, type PictureIndex, positionOf as placeOf } from '../../../state/gallery/picture-index';
import { rowAtHeight, rowOfPicture } from './find-row';
import type { Layout } from './layout';
import { type Extent, follow, lastY, type Position, positionOf } from './scroll-map';

/** The first fully visible picture and the distance of its row from the top, which a new layout keeps. */
export type Anchor = { id: string; at: number; offset: number };

/** Where to scroll once the order is loaded that far: a picture by its index or id. */
export type Target = { at: number; id?: string; offset: number };

/** A layout, and the height of its visible part. */
export type Sheet = {
  layout: Layout;
  /** The height of the viewport, in CSS pixels. */
  height: number;
};

/** The order of the pictures, as far as it is loaded. */
export type LoadedOrder = { index: PictureIndex; isComplete: boolean };

export type View = Position &
  Sheet & {
    anchor: Anchor | null;
    /** Null once reached. */
    target: Target | null;
    direction: 1 | -1;
  };

/** Space below the last row, in CSS pixels. */
const footHeight = 40;
/** Within this distance from the top, new pictures are shown at once (CSS pixels). */
export const topZone = 8;

/** Returns the heights of the content, with the space below the last row, and of the viewport. */
export function extentOf({ layout, height }: Sheet): Extent {
  return { content: layout.height + footHeight, viewport: height };
}

/** Returns a view at the top. @param target a place to scroll to as soon as it is loaded; null for none. */
export function createView(sheet: Sheet, target: Target | null): View {
  return { ...sheet, anchor: null, target, scrollTop: 0, y: 0, direction: 1 };
}

/** Returns the view after the browser has scrolled. Scrolling cancels the target. */
export function scrolled(view: View, index: PictureIndex, scrollTop: number): View {
  const next = follow(view, scrollTop, extentOf(view));
  return moved(view, index, next, null);
}

/** Returns the view at a position of the content, with the matching scroll position. */
export function movedTo(view: View, index: PictureIndex, y: number, target: Target | null = null): View {
  return moved(view, index, positionOf(y, extentOf(view)), target);
}

function moved(view: View, index: PictureIndex, position: Position, target: Target | null): View {
  const direction = position.y === view.y ? view.direction : position.y > view.y ? 1 : -1;
  return { ...view, ...position, direction, target, anchor: anchorAt(view.layout, index, position.y) };
}

/** Returns the view of another sheet, with the anchor in the same place. */
export function relaid(view: View, order: LoadedOrder, sheet: Sheet): View {
  const { index } = order;
  const { layout } = sheet;
  const next = { ...view, ...sheet };
  if (view.target) return towards(next, order, view.target);
  if (!view.anchor || view.y <= topZone) return movedTo(next, index, view.y);
  const { at, id, offset } = view.anchor;
  // A layout that grew at its end keeps all indexes.
  const isSame = view.layout.revision === layout.revision;
  const found = isSame ? at : placeOf(index, id);
  const row = rowOfPicture(layout, found >= 0 ? found : Math.min(at, layout.pictures - 1));
  return movedTo(next, index, (layout.rowTop[row] ?? 0) - offset);
}

/** Returns the view at the target, or at the end of what is loaded, keeping the target. */
export function towards(view: View, { index, isComplete }: LoadedOrder, target: Target): View {
  const { layout } = view;
  const found = target.id === undefined ? target.at : placeOf(index, target.id);
  if (found >= 0 && found < layout.pictures) {
    return movedTo(view, index, (layout.rowTop[rowOfPicture(layout, found)] ?? 0) - target.offset);
  }
  if (isComplete && target.id !== undefined) return movedTo(view, index, 0);
  return movedTo(view, index, lastY(extentOf(view)), isComplete ? null : target);
}

/** Returns the view that shows a picture's row, moved as little as possible. */
export function revealing(view: View, index: PictureIndex, at: number): View {
  const { layout, y, height } = view;
  const row = rowOfPicture(layout, at);
  const top = layout.rowTop[row] ?? 0;
  const isFirstOfSection = layout.sectionRow[layout.rowSection[row] ?? 0] === row;
  const head = layout.options.grouping === 'none' ? 8 : layout.options.headHeight;
  if (top - head < y) return movedTo(view, index, isFirstOfSection && row === 0 ? 0 : top - head);
  const bottom = top + (layout.rowHeight[row] ?? 0) + 16;
  return bottom > y + height ? movedTo(view, index, bottom - height) : view;
}

function anchorAt(layout: Layout, index: PictureIndex, y: number): Anchor | null {
  let row = rowAtHeight(layout, y);
  if ((layout.rowTop[row] ?? 0) < y && row + 1 < layout.rows) row += 1;
  const at = layout.rowFirst[row] ?? 0;
  const id = idAt(index, at);
  return id === undefined ? null : { id, at, offset: (layout.rowTop[row] ?? 0) - y };
}
