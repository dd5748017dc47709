// Whether the window is too narrow for the sidebar beside a view. The style sheets use the same width.
import { useSyncExternalStore } from 'react';

/** The same width as in the style sheets, in CSS pixels. A window has fewer of them at a larger zoom. */
const narrow = window.matchMedia('(width < 860px)');

export function isNarrow(): boolean {
  return narrow.matches;
}

/** Calls back when the window becomes narrow, or wide again. @returns a function that stops this. */
export function onNarrow(onChange: () => void): () => void {
  narrow.addEventListener('change', onChange);
  return () => narrow.removeEventListener('change', onChange);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(onNarrow, isNarrow);
}
