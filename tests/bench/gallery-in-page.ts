// Gallery benchmark code that runs inside the page: opens the view, scrolls and records frames.
import type { Page } from '@playwright/test';

/** @returns milliseconds from the click until the frame with the pictures of the first row is presented. */
export function openGalleryTimed(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const started = performance.now();
        const observer = new MutationObserver(() => {
          const tiles = [...(document.querySelector('[role="row"]')?.children ?? [])];
          if (tiles.length === 0 || !tiles.every((tile) => tile.querySelector('[data-shown="true"]'))) return;
          observer.disconnect();
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now() - started);
            port2.postMessage(null);
          });
        });
        observer.observe(document.body, {
          ...{ subtree: true, childList: true, attributes: true },
          attributeFilter: ['data-shown'],
        });
        document.querySelector<HTMLElement>('a[href="#/gallery"]')?.click();
      }),
  );
}

/** Scrolls by half a window per frame for four seconds, and turns around at each end. */
export function scrollFast(page: Page): Promise<{ frames: number[]; maxTiles: number; longestTask: number }> {
  return page.evaluate(async () => {
    const durationMs = 4000;
    const scroller = document.querySelector('[data-scroller]');
    if (!scroller) throw new Error('The gallery is not open.');
    let longestTask = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
    });
    observer.observe({ type: 'longtask' });
    const frames: number[] = [];
    let maxTiles = 0;
    let step = scroller.clientHeight / 2;
    const started = performance.now();
    for (let last = started; last - started < durationMs; ) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      if (frames.length > 0 || last !== started) frames.push(now - last);
      last = now;
      const before = scroller.scrollTop;
      scroller.scrollTop += step;
      if (scroller.scrollTop === before) step = -step;
      maxTiles = Math.max(maxTiles, scroller.querySelectorAll('[data-image-id]').length);
    }
    observer.disconnect();
    return { frames, maxTiles, longestTask };
  });
}

/** Scrolls from end to end in 200 stops, then waits until the tiles at the end show their pictures. */
export async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const stopMs = 30;
    const scroller = document.querySelector('[data-scroller]');
    if (!scroller) throw new Error('The gallery is not open.');
    for (let stop = 0; stop <= 200; stop += 1) {
      scroller.scrollTop = ((scroller.scrollHeight - scroller.clientHeight) * stop) / 200;
      // A fixed speed: the memory figure depends on how many thumbnails load at each stop.
      await new Promise((resolve) => setTimeout(resolve, stopMs));
    }
  });
  await page.waitForFunction(() => {
    const tiles = [...document.querySelectorAll('[data-scroller] [data-image-id]')].filter((tile) => {
      const { top, bottom } = tile.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    });
    return tiles.length > 0 && tiles.every((tile) => tile.querySelector('[data-shown="true"]'));
  });
}
