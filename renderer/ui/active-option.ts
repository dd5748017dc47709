// The list under a search field: the field keeps the focus, and one option is active.
import type { PointerEvent } from 'react';

/** About what a list shows at once. */
const page = 8;

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
