// Benchmark code that runs inside the page, and uses the page's own clock.
import type { Page } from '@playwright/test';
import type {} from '../../renderer/ipc';
import { newMessage } from '../harness/new-message';

/** Milliseconds since 1970, with fractions, from the page's clock. */
export type PictureTimes = {
  /** The timestamp of the Enter key's event. */
  enter: number;
  /** When the frame with the new picture's element was presented. */
  placeholder: number;
  /** When the frame with the full picture was presented. */
  full: number;
};

/** Starts to observe one message sent with Enter and its picture. @returns `seen`, which resolves with the full picture. */
export async function watchNextPicture(page: Page): Promise<{ seen: () => Promise<PictureTimes> }> {
  const handle = await page.evaluateHandle(() => {
    const epoch = (time: number) => performance.timeOrigin + time;
    const known = new Set(document.querySelectorAll('[data-testid="picture"]'));
    const times: Record<string, number> = {};
    /** Calls back once the next frame has been presented. */
    const afterFrame = (callback: () => void) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = callback;
        port2.postMessage(null);
      });
    window.addEventListener(
      'keydown',
      (event) => {
        times['enter'] ??= epoch(event.timeStamp);
      },
      { capture: true, once: true },
    );
    return {
      seen: new Promise<Record<string, number>>((resolve) => {
        let picture: Element | null = null;
        let isFull = false;
        const observer = new MutationObserver(() => {
          if (!picture) {
            picture =
              [...document.querySelectorAll('[data-testid="picture"]')].find((item) => !known.has(item)) ??
              null;
            if (picture) {
              afterFrame(() => {
                times['placeholder'] = epoch(performance.now());
              });
            }
          }
          if (picture?.getAttribute('data-visible') === 'full' && !isFull) {
            isFull = true;
            observer.disconnect();
            afterFrame(() => {
              times['full'] = epoch(performance.now());
              resolve(times);
            });
          }
        });
        observer.observe(document.body, {
          subtree: true,
          childList: true,
          attributes: true,
          attributeFilter: ['data-visible'],
        });
      }),
    };
  });
  return {
    async seen() {
      const times = await handle.evaluate(({ seen }) => seen);
      await handle.dispose();
      const { enter = Number.NaN, placeholder = Number.NaN, full = Number.NaN } = times;
      return { enter, placeholder, full };
    },
  };
}

/**
 * Sends empty requests and messages alternately. A pause before each makes them realistic, because in a tight loop
 * they would be faster than those of any user.
 *
 * @returns the round-trip times in milliseconds.
 */
export function measureRoundTrips(
  page: Page,
  times: number,
  text: string,
): Promise<{ ping: number[]; send: number[] }> {
  const messages = Array.from({ length: times }, () => {
    return { ...newMessage(), text, mode: 'auto', aspectRatio: '1:1' } as const;
  });
  return page.evaluate(async (sent) => {
    const pauseMs = 40;
    const ping: number[] = [];
    const send: number[] = [];
    const timed = async (durations: number[], request: () => Promise<unknown>) => {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      const start = performance.now();
      await request();
      durations.push(performance.now() - start);
    };
    for (const message of sent) {
      await timed(ping, () => window.afterimage.request('app:ping', {}));
      await timed(send, () => window.afterimage.request('chat:send', message));
    }
    return { ping, send };
  }, messages);
}

/** @returns the durations in milliseconds that the app has recorded under `name` since the page was loaded. */
export function readMeasures(page: Page, name: string): Promise<number[]> {
  return page.evaluate(
    (wanted) => performance.getEntriesByName(wanted, 'measure').map(({ duration }) => duration),
    name,
  );
}
