// Reserves height for the list of models before it is complete. The list opens upwards, so rows added later would
// move its search field; reserving the maximum would leave it mostly empty.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Stored in localStorage, inside the data folder. */
const key = 'model-list-height';

type Reading = {
  /** Whether rows may be added that nothing is known about. */
  isUnknown: boolean;
  /** Whether everything has been read, and the list shows what the next opening begins with. */
  isSettled: boolean;
  isSearching: boolean;
  /** What the list needs for its rows (CSS pixels). */
  needed: number;
};

/**
 * Returns the least height of the list, for CSS: while it is being read, what it needed the last time, or all that it may
 * take if that is not known; while the user searches, what it had before.
 */
export function useLeastHeight(
  list: { readonly current: HTMLElement | null },
  { isUnknown, isSettled, isSearching, needed }: Reading,
): string | number | undefined {
  const [reserved] = useState(() => reservedFor(isUnknown, isSettled));
  const before = useRef<number | undefined>(undefined);
  useLayoutEffect(() => {
    if (!isSearching) before.current = list.current?.clientHeight;
  });
  useEffect(() => {
    if (isSettled && !isSearching) localStorage.setItem(key, String(Math.round(needed)));
  }, [isSettled, isSearching, needed]);
  return isSearching ? before.current : reserved;
}

function reservedFor(isUnknown: boolean, isSettled: boolean): string | undefined {
  if (isSettled) return undefined;
  const known = Number(localStorage.getItem(key));
  if (known > 0) return `min(${known}px, var(--max-height))`;
  return isUnknown ? 'var(--max-height)' : undefined;
}
