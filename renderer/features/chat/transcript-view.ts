// Decides from the scroll position which messages to load and unload. Pure functions on pixels.

/** All values are in CSS pixels from the top of the scrolled content. */
export type View = {
  /** The visible part. */
  top: number;
  height: number;
  /** Where the loaded messages start and end. Placeholders of the other messages surround them. */
  start: number;
  end: number;
  /** The height of the loaded messages and the placeholders. */
  scrollHeight: number;
};

/** Distance to an end of the loaded messages at which the next page is loaded (CSS pixels). */
const loadDistancePx = 2400;
/** Distance to the visible part at which messages may be unloaded (CSS pixels). */
const unloadDistancePx = 4000;
/** Minimum number of messages that stay loaded. Fewer would be loaded again at once. */
const minKept = 56;

/** Maximum number of loaded messages. Beyond it, messages far from the visible part are unloaded. */
export const maxLoaded = 64;

/** Minimum number of messages loaded before the user scrolls. */
const minLoaded = 36;

/** Assumed height of a message that is not loaded (CSS pixels). */
const defaultHeightPx = 200;
/** Chromium limits a box to 16,777,216 device pixels. Two placeholders stay below that at any usual zoom. */
const maxPlaceholderPx = 3_000_000;

/** Returns the height of the placeholder for messages that are not loaded, in CSS pixels. */
export function placeholderHeight(count: number): number {
  return Math.min(count * defaultHeightPx, maxPlaceholderPx);
}

export type Step =
  | { do: 'nothing' }
  | { do: 'load'; side: 'older' | 'newer' }
  /** No visible message is loaded. `index` belongs there; `side` is the page to load until scrolling pauses. */
  | { do: 'jump'; index: number; side: 'older' | 'newer' };

/**
 * Returns what to load next.
 *
 * @param counts the number of loaded messages, and of those on either side.
 */
export function nextStep(view: View, counts: { older: number; loaded: number; newer: number }): Step {
  const { top, height, start, end, scrollHeight } = view;
  const { older, loaded, newer } = counts;
  // The transcript is hidden.
  if (height === 0 || loaded === 0) return { do: 'nothing' };
  if (older > 0 && top + height < start) {
    return { do: 'jump', index: Math.floor((top / start) * older), side: 'older' };
  }
  if (newer > 0 && top > end) {
    const part = Math.min(1, (top - end) / Math.max(1, scrollHeight - height - end));
    const index = older + loaded + Math.min(newer - 1, Math.floor(part * newer));
    return { do: 'jump', index, side: 'newer' };
  }
  if (older > 0 && (top - start < loadDistancePx || loaded < minLoaded)) return { do: 'load', side: 'older' };
  if (newer > 0 && end - (top + height) < loadDistancePx) return { do: 'load', side: 'newer' };
  return { do: 'nothing' };
}

/** The edges of a message, in CSS pixels from the top of the scrolled content. */
export type Edges = { top: number; bottom: number };

/**
 * Returns how many messages at one end to unload when a page is loaded at the other.
 *
 * @param edges the edges of the messages, from that end inwards.
 */
export function countFar({ top, height }: View, edges: Iterable<Edges>, loaded: number): number {
  let count = 0;
  for (const edge of edges) {
    const isFar = edge.top > top + height + unloadDistancePx || edge.bottom < top - unloadDistancePx;
    if (!isFar || loaded - count <= minKept) break;
    count += 1;
  }
  return count;
}

/**
 * Returns how many messages to unload at each end while the transcript is hidden, because messages continue to arrive at its
 * end and nothing can be measured. A user who was at the end returns there, any other user to the messages loaded before.
 */
export function countHidden(loaded: number, isAtEnd: boolean): { first: number; last: number } {
  if (loaded <= maxLoaded) return { first: 0, last: 0 };
  return isAtEnd ? { first: loaded - minKept, last: 0 } : { first: 0, last: loaded - maxLoaded };
}
