// What nobody can point at before the first screen is painted: the buttons that only show under the pointer, say.
import { type ReactNode, useEffect } from 'react';
import { create } from 'zustand';

/** The latest moment for it, in milliseconds after the first paint. */
const atLatest = 200;

const usePaint = create<{ isPainted: boolean }>(() => ({ isPainted: false }));

/** Shows its children as soon as there is time after the first paint; from then on at once. */
export function AfterPaint({ children }: { children: ReactNode }) {
  return usePaint(({ isPainted }) => isPainted) && children;
}

/** Tells when that is. For the component that is the screen. */
export function useFirstPaint(): void {
  useEffect(() => {
    const later = requestIdleCallback(() => usePaint.setState({ isPainted: true }), { timeout: atLatest });
    return () => cancelIdleCallback(later);
  }, []);
}
