// Delays elements that the first screen does not need, such as buttons that only appear on hover.
import { type ReactNode, useEffect } from 'react';
import { create } from 'zustand';
import { onFirstPaint } from './first-paint';

/** Maximum delay after the first paint (ms). */
const maxDelayMs = 200;

const usePaint = create<{ isPainted: boolean; markPainted: () => void }>((set) => ({
  isPainted: false,
  markPainted: () => set({ isPainted: true }),
}));

/** Renders its children when the browser is idle after the first paint, and immediately from then on. */
export function AfterPaint({ children }: { children: ReactNode }) {
  return usePaint(({ isPainted }) => isPainted) && children;
}

/** Detects the first paint. The root component calls it once. */
export function useFirstPaint(): void {
  const markPainted = usePaint((state) => state.markPainted);
  useEffect(() => {
    let idle: number | undefined;
    const cancelPaint = onFirstPaint(() => {
      idle = requestIdleCallback(markPainted, { timeout: maxDelayMs });
    });
    return () => {
      cancelPaint();
      if (idle !== undefined) cancelIdleCallback(idle);
    };
  }, [markPainted]);
}
