// Keeps a button from asking for the same thing twice.
import { useState } from 'react';

/** Returns whether something is being done, and a function that marks it until a promise settles. */
export function useOnce(): [boolean, (work: Promise<unknown>) => void] {
  const [isBusy, setBusy] = useState(false);
  return [
    isBusy,
    (work) => {
      setBusy(true);
      void work.finally(() => setBusy(false));
    },
  ];
}
