// Prevents a button from sending the same request twice. The button stays enabled, because a disabled one loses the focus.
import { useRef } from 'react';

/** Returns a function that runs some work, unless earlier work is still running. */
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
