// Reserves height for the list of models before it is complete. The list opens upwards, so rows added later would
// move its search field; reserving the maximum would leave it mostly empty.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Stored in localStorage, inside the data folder. */
const key = 'model-list-height';

type Reading = {
  /** Whether an unknown number of rows may be added. */
  isUnknown: boolean;
  /** Whether all lists were read, so that the next opening will start with the same rows. */
  isSettled: boolean;
  isSearching: boolean;
  /** Height of all rows (CSS pixels). */
  needed: number;
};

/**
 * Returns the minimum height of the list, for CSS. While lists are read, it is the height of the last time, or the maximum if
 * that is unknown. While the user searches, it is the height before the search.
 */
export function useMinHeight(
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
