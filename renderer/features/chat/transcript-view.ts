// Where the transcript's window stands on screen, and what follows from it: pure functions on pixels.

/** All in CSS pixels from the top of what is scrolled. */
export type View = {
  /** What is on screen. */
  top: number;
  height: number;
  /** Where the messages that are held begin and end; the rest of the conversation is empty room around them. */
  start: number;
  end: number;
  /** Of everything together. */
  scrollHeight: number;
};

/** How near to an end of the window the next page is fetched. */
const fetchAhead = 2400;
/** What is farther away than this from the screen may go. */
const keepAhead = 4000;
/** So many messages are always kept: letting go of fewer would only fetch them again. */
const minKept = 56;

/** So many are there before anybody scrolls. */
const minHeld = 36;

/** A message whose height nobody knows counts as this high. */
const defaultHeight = 200;
/** Chromium's boxes end at 16,777,216 device pixels and more; two of these stay below at any zoom in use. */
const maxCachedHeights = 3_000_000;

/** @returns how much room stands for messages that are not held, in CSS pixels. */
export function roomFor(count: number): number {
  return Math.min(count * defaultHeight, maxCachedHeights);
}

export type Step =
  | { do: 'nothing' }
  | { do: 'load'; side: 'older' | 'newer' }
  /** Nothing on screen is held: `index` is what belongs there. Until the scrolling rests, `side` comes nearer to it. */
  | { do: 'jump'; index: number; side: 'older' | 'newer' };

/**
 * What the transcript needs next.
 * @param counts how many messages are held, and how many there are on either side.
 */
export function nextStep(view: View, counts: { older: number; held: number; newer: number }): Step {
  const { top, height, start, end, scrollHeight } = view;
  const { older, held, newer } = counts;
  // Not on screen at all.
  if (height === 0 || held === 0) return { do: 'nothing' };
  if (older > 0 && top + height < start) {
    return { do: 'jump', index: Math.floor((top / start) * older), side: 'older' };
  }
  if (newer > 0 && top > end) {
    const part = Math.min(1, (top - end) / Math.max(1, scrollHeight - height - end));
    const index = older + held + Math.min(newer - 1, Math.floor(part * newer));
    return { do: 'jump', index, side: 'newer' };
  }
  if (older > 0 && (top - start < fetchAhead || held < minHeld)) return { do: 'load', side: 'older' };
  if (newer > 0 && end - (top + height) < fetchAhead) return { do: 'load', side: 'newer' };
  return { do: 'nothing' };
}

/** The edges of a message: from the top of what is scrolled, in CSS pixels. */
export type Edges = { top: number; bottom: number };

/**
 * How many messages of one side are far enough away to let go of when a page comes in on the other.
 * @param edges of the messages, from that side inwards.
 */
export function countFar({ top, height }: View, edges: Iterable<Edges>, held: number): number {
  let count = 0;
  for (const edge of edges) {
    const isFar = edge.top > top + height + keepAhead || edge.bottom < top - keepAhead;
    if (!isFar || held - count <= minKept) break;
    count += 1;
  }
  return count;
}
