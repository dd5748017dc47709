// Reads inside the page when it was first painted and when its main thread became idle.

/**
 * `background`: the window shows the page's background, and possibly nothing else. `firstPaint`: the first content,
 * which is the app's first screen.
 */
export type Start = { background: number; firstPaint: number; interactive: number };

/**
 * Runs in the page and resolves after one second without a task over 50 ms. `interactive` is the end of the last such task
 * (https://web.dev/articles/tti) or the first paint, whichever is later.
 *
 * @returns milliseconds since 1970.
 */
export function whenQuiet(): Promise<Start> {
  const quietMs = 1000;
  return new Promise((resolve) => {
    let lastBusy = 0;
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        lastBusy = Math.max(lastBusy, startTime + duration);
    }).observe({ type: 'longtask', buffered: true });
    const check = () => {
      const [background] = performance.getEntriesByName('first-paint');
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      const interactive = Math.max(paint?.startTime ?? 0, lastBusy);
      if (!background || !paint || performance.now() - interactive < quietMs)
        return void setTimeout(check, 50);
      const { timeOrigin } = performance;
      resolve({
        background: timeOrigin + background.startTime,
        firstPaint: timeOrigin + paint.startTime,
        interactive: timeOrigin + interactive,
      });
    };
    check();
  });
}

/** @returns the same times in milliseconds after another one. */
export function since(moment: number, { background, firstPaint, interactive }: Start): Start {
  return {
    background: background - moment,
    firstPaint: firstPaint - moment,
    interactive: interactive - moment,
  };
}
