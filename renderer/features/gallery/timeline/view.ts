// What of the timeline is on screen, as plain values: how it follows scrolling, new layouts and places to go to.
import { idAt, type PictureIndex, positionOf as placeOf } from '../../../state/gallery/picture-index';
import { rowAtHeight, rowOfPicture } from './find-row';
import type { Layout } from './layout';
import { type Extent, follow, lastY, type Position, positionOf } from './scroll-map';

/** The first picture that is wholly on screen, and how far below the top its row begins: this stays where it is. */
export type Anchor = { id: string; at: number; offset: number };

/** Where to go once the order has been read that far: a picture by its place or its id. */
export type Target = { at: number; id?: string; offset: number };

export type View = Position & {
  layout: Layout;
  /** Of what shows the timeline, in CSS pixels. */
  height: number;
  anchor: Anchor | null;
  /** Null where the user has arrived. */
  target: Target | null;
  direction: 1 | -1;
};

/** Below the last row, in CSS pixels. */
const footHeight = 40;
/** This near to the top, the user looks at what is new. */
export const topZone = 8;

export function extentOf({ layout, height }: Pick<View, 'layout' | 'height'>): Extent {
  return { content: layout.height + footHeight, viewport: height };
}

export function createView(layout: Layout, height: number, target: Target | null): View {
  return { layout, height, anchor: null, target, scrollTop: 0, y: 0, direction: 1 };
}

/** @returns the view after the browser has scrolled. Who scrolls has changed their mind about where to go. */
export function scrolled(view: View, index: PictureIndex, scrollTop: number): View {
  const next = follow(view, scrollTop, extentOf(view));
  return moved(view, index, next, null);
}

/** @returns the view at a place of the content, with the scrollbar where it belongs. */
export function movedTo(view: View, index: PictureIndex, y: number, target: Target | null = null): View {
  return moved(view, index, positionOf(y, extentOf(view)), target);
}

function moved(view: View, index: PictureIndex, position: Position, target: Target | null): View {
  const direction = position.y === view.y ? view.direction : position.y > view.y ? 1 : -1;
  return { ...view, ...position, direction, target, anchor: anchorAt(view.layout, index, position.y) };
}

/** @returns the view of another layout or window, in which what the user looks at stands where it stood. */
export function relaid(
  view: View,
  index: PictureIndex,
  layout: Layout,
  height: number,
  isComplete: boolean,
): View {
  const next = { ...view, layout, height };
  if (view.target) return towards(next, index, view.target, isComplete);
  if (!view.anchor || view.y <= topZone) return movedTo(next, index, view.y);
  const { at, id, offset } = view.anchor;
  // Growing at the end moves nothing.
  const isSame = view.layout.revision === layout.revision;
  const found = isSame ? at : placeOf(index, id);
  const row = rowOfPicture(layout, found >= 0 ? found : Math.min(at, layout.pictures - 1));
  return movedTo(next, index, (layout.rowTop[row] ?? 0) - offset);
}

/** @returns the view where the target is; at the end of what has been read, still under way, where it is not there. */
export function towards(view: View, index: PictureIndex, target: Target, isComplete: boolean): View {
  const { layout } = view;
  const found = target.id === undefined ? target.at : placeOf(index, target.id);
  if (found >= 0 && found < layout.pictures) {
    return movedTo(view, index, (layout.rowTop[rowOfPicture(layout, found)] ?? 0) - target.offset);
  }
  if (isComplete && target.id !== undefined) return movedTo(view, index, 0);
  return movedTo(view, index, lastY(extentOf(view)), isComplete ? null : target);
}

/** @returns the view in which a picture's row is on screen, moved as little as possible. */
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
