// The list under a search field: the field keeps the focus, and one option is active.
import type { PointerEvent } from 'react';

/** Approximate number of options that a list shows at once. */
const page = 8;

type Place = { x: number; y: number };

/**
 * For options in rows and columns.
 *
 * @param places the top left corners of the options, in order.
 * @returns the index of the option to which an arrow key leads from `at`; null if the key does not move.
 */
export function optionInGrid(key: string, at: number, places: readonly Place[]): number | null {
  const from = places[at];
  if (!from) return null;
  // Not spread, because the properties of a DOMRect are not its own.
  const all = places.map(({ x, y }, index) => ({ x, y, index }));
  const nearest = (candidates: typeof all, distance: (place: Place) => number) =>
    candidates.toSorted((a, b) => distance(a) - distance(b))[0]?.index ?? null;
  const inRow = (side: number) =>
    nearest(
      all.filter(({ x, y }) => y === from.y && (x - from.x) * side > 0),
      ({ x }) => Math.abs(x - from.x),
    );
  // Wraps around between the last row and the first.
  const inColumn = (side: number) => {
    const beyond = all.filter(({ y }) => (y - from.y) * side > 0);
    const rows = (beyond.length > 0 ? beyond : all).map(({ y }) => y * side);
    const row = Math.min(...rows) * side;
    return nearest(
      all.filter(({ y }) => y === row),
      ({ x }) => Math.abs(x - from.x),
    );
  };
  switch (key) {
    case 'ArrowDown':
      return inColumn(1);
    case 'ArrowUp':
      return inColumn(-1);
    case 'ArrowRight':
      return inRow(1);
    case 'ArrowLeft':
      return inRow(-1);
    default:
      return null;
  }
}

/** @returns the index of the option to which a key leads from `at`; null if the key does not move. */
export function optionAfterKey(key: string, at: number, count: number): number | null {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return at >= last ? 0 : at + 1;
    case 'ArrowUp':
      return at <= 0 ? last : at - 1;
    case 'PageDown':
      return Math.min(last, at + page);
    case 'PageUp':
      return Math.max(0, at - page);
    default:
      return null;
  }
}

/** Returns whether the pointer moved: a list that appears or scrolls under a resting one must not choose. */
export function hasPointerMoved({ movementX, movementY }: PointerEvent): boolean {
  return movementX !== 0 || movementY !== 0;
}
