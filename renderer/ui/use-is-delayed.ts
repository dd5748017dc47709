// Reports when a wait has lasted long enough to show progress.
import { useEffect, useState } from 'react';

/** Returns whether `isWaiting` has been true for `delayMs` without a break. */
export function useIsDelayed(isWaiting: boolean, delayMs: number): boolean {
  const [isDelayed, setDelayed] = useState(false);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setDelayed(true), delayMs);
    return () => {
      clearTimeout(timer);
      setDelayed(false);
    };
  }, [isWaiting, delayMs]);
  return isWaiting && isDelayed;
}
