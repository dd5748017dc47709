// For what is only worth its work where something else takes its time.
import { useEffect, useState } from 'react';

/** @returns whether a component has been there for so many milliseconds while `isWaited` was true. */
export function useLate(isWaited: boolean, milliseconds: number): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isWaited) return;
    const late = setTimeout(() => setLate(true), milliseconds);
    return () => clearTimeout(late);
  }, [isWaited, milliseconds]);
  return isLate;
}
