// Between the browser's scroll position and a place in content that is longer than any element may be.

/**
 * The longest element that is scrolled, in CSS pixels. Chromium ends elements at 16,777,216 px of the device, so this
 * holds up to 8 of them to a CSS pixel.
 */
export const maxElementPx = 2_000_000;

export type Extent = {
  /** Of the content and of what shows a part of it, in CSS pixels. */
  content: number;
  viewport: number;
};

/** `scrollTop` is the browser's; `y` is the place in the content. */
export type Position = { scrollTop: number; y: number };

/** @returns the height of the element that is scrolled. */
export function elementHeight({ content }: Extent): number {
  return Math.min(content, maxElementPx);
}

/** @returns the furthest place in the content. */
export function lastY({ content, viewport }: Extent): number {
  return Math.max(0, content - viewport);
}

function lastScrollTop(extent: Extent): number {
  return Math.max(0, elementHeight(extent) - extent.viewport);
}

/** At either end the two go together this far, so that wheel and keys can reach the very end. */
const edge = 200_000;

/** @returns the position of a place, with the scrollbar where it belongs. */
export function positionOf(y: number, extent: Extent): Position {
  const within = Math.min(lastY(extent), Math.max(0, y));
  return { scrollTop: convert(within, lastY(extent), lastScrollTop(extent)), y: within };
}

/** The same place on another length: as far from an end that is near, else in proportion. */
function convert(value: number, length: number, otherLength: number): number {
  if (length === otherLength || value <= edge) return value;
  if (value >= length - edge) return otherLength - (length - value);
  return edge + ((value - edge) / (length - 2 * edge)) * (otherLength - 2 * edge);
}

/**
 * Where the content is after the browser has scrolled. Steps of wheel and keys move it by as much as they say; a
 * jump, as by the scrollbar, goes to the same part of the whole. Only content longer than the element knows the
 * difference.
 *
 * @returns the new position; where its `scrollTop` is not the browser's, the browser has to be told.
 */
export function follow(before: Position, scrollTop: number, extent: Extent): Position {
  const last = lastScrollTop(extent);
  const step = scrollTop - before.scrollTop;
  if (Math.abs(step) > 2 * extent.viewport) {
    return { scrollTop, y: convert(scrollTop, last, lastY(extent)) };
  }
  const y = before.y + step;
  const isPastEnd = y <= 0 || y >= lastY(extent);
  const isStuck = scrollTop <= 0 || scrollTop >= last;
  return isPastEnd || isStuck ? positionOf(y, extent) : { scrollTop, y };
}
