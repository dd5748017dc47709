// Reports when a wait has lasted long enough to show progress.
import { useEffect, useState } from 'react';

/** Returns whether `isWaiting` has been true for `delayMs` since the component was mounted. */
export function useIsDelayed(isWaiting: boolean, delayMs: number): boolean {
  const [isDelayed, setDelayed] = useState(false);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setDelayed(true), delayMs);
    return () => clearTimeout(timer);
  }, [isWaiting, delayMs]);
  return isDelayed;
}
