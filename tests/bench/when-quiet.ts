// When a page is painted and its thread is free, seen from inside of it.

export type Start = { firstPaint: number; interactive: number };

/**
 * In the page, once a second has passed without a task over 50 ms. Interactive: the end of the last such task, as in
 * https://web.dev/articles/tti, or the first paint. @returns milliseconds since 1970.
 */
export function whenQuiet(): Promise<Start> {
  const quietMs = 1000;
  return new Promise((resolve) => {
    let lastBusy = 0;
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        lastBusy = Math.max(lastBusy, startTime + duration);
    }).observe({ type: 'longtask', buffered: true });
    const look = () => {
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      const interactive = Math.max(paint?.startTime ?? 0, lastBusy);
      if (!paint || performance.now() - interactive < quietMs) return void setTimeout(look, 50);
      const { timeOrigin } = performance;
      resolve({ firstPaint: timeOrigin + paint.startTime, interactive: timeOrigin + interactive });
    };
    look();
  });
}
