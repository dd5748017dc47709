// Keeps a button from asking for the same thing twice. It stays enabled, because a disabled one loses the focus.
import { useRef } from 'react';

/** Returns a function that does some work unless earlier work has not ended yet. */
export function useOnce(): (work: () => Promise<unknown>) => void {
  const isBusy = useRef(false);
  return (work) => {
    if (isBusy.current) return;
    isBusy.current = true;
    void work().finally(() => {
      isBusy.current = false;
    });
  };
}
