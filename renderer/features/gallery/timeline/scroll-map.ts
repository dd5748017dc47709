// Maps the browser's scroll position to a position in content that is longer than an element can be.

/**
 * Maximum height of the scrolled element, in CSS pixels. Chromium limits elements to 16,777,216 device pixels, so this
 * works up to 8 device pixels per CSS pixel.
 */
export const maxElementPx = 2_000_000;

export type Extent = {
  /** The heights of the content and of the viewport, in CSS pixels. */
  content: number;
  viewport: number;
};

/** `scrollTop` is the browser's; `y` is the position in the content. */
export type Position = { scrollTop: number; y: number };

/** Returns the height of the scrolled element. */
export function elementHeight({ content }: Extent): number {
  return Math.min(content, maxElementPx);
}

/** Returns the last position in the content. */
export function lastY({ content, viewport }: Extent): number {
  return Math.max(0, content - viewport);
}

function lastScrollTop(extent: Extent): number {
  return Math.max(0, elementHeight(extent) - extent.viewport);
}

/** Distance from either end within which both move equally, so that wheel and keys reach the end (CSS pixels). */
const edgePx = 200_000;

/** Returns the position at `y` with the matching scroll position. */
export function positionOf(y: number, extent: Extent): Position {
  const within = Math.min(lastY(extent), Math.max(0, y));
  return { scrollTop: convert(within, lastY(extent), lastScrollTop(extent)), y: within };
}

/** Converts a position to another length: the same distance from a near end, otherwise in proportion. */
function convert(value: number, length: number, otherLength: number): number {
  if (length === otherLength || value <= edgePx) return value;
  if (value >= length - edgePx) return otherLength - (length - value);
  return edgePx + ((value - edgePx) / (length - 2 * edgePx)) * (otherLength - 2 * edgePx);
}

/** Returns whether the browser has jumped to a place, as with the scrollbar, instead of scrolling by a step. */
export function isJump(step: number, viewport: number): boolean {
  return Math.abs(step) > 2 * viewport;
}

/**
 * Returns the position after the browser has scrolled. Steps of wheel and keys move the content by the same distance; a
 * jump, such as with the scrollbar, goes to the same proportion. They differ only if the content is longer than the
 * element. If the returned `scrollTop` is not the browser's, the caller has to set it.
 */
export function follow(before: Position, scrollTop: number, extent: Extent): Position {
  const last = lastScrollTop(extent);
  const step = scrollTop - before.scrollTop;
  if (isJump(step, extent.viewport)) {
    return { scrollTop, y: convert(scrollTop, last, lastY(extent)) };
  }
  const y = before.y + step;
  const isPastEnd = y <= 0 || y >= lastY(extent);
  const isStuck = scrollTop <= 0 || scrollTop >= last;
  return isPastEnd || isStuck ? positionOf(y, extent) : { scrollTop, y };
}
