// What the gallery's benchmark does inside the page: it opens the view, scrolls, and watches frames.
import type { Page } from '@playwright/test';

/** @returns milliseconds from the click to the frame that has the first row's pictures, handed to the screen. */
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

/** Half a window a frame for four seconds, up and down where the end comes first. */
export function scrollFast(page: Page): Promise<{ frames: number[]; maxTiles: number; longestTask: number }> {
  return page.evaluate(async () => {
    const lasting = 4000;
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
    for (let last = started; last - started < lasting; ) {
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

/** From end to end in two hundred stops, at each of which thumbnails come. */
export async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const scroller = document.querySelector('[data-scroller]');
    if (!scroller) throw new Error('The gallery is not open.');
    for (let stop = 0; stop <= 200; stop += 1) {
      scroller.scrollTop = ((scroller.scrollHeight - scroller.clientHeight) * stop) / 200;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  });
}
