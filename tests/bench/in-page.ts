// What the benchmark does inside the page: it watches, with the page's own clock, and touches nothing.
import type { Page } from '@playwright/test';
import type {} from '../../renderer/ipc';

/** Milliseconds since 1970, with fractions, by the page's clock. */
export type Sighting = {
  /** When the key went down, as the browser saw it. */
  enter: number;
  /** When the frame with the new picture's element had been handed to the screen. */
  placeholder: number;
  /** When the frame with the full picture had been handed to the screen. */
  full: number;
};

/** Starts to watch for one message sent by Enter and its one picture. @returns what was seen, once it is full. */
export async function watchOne(page: Page): Promise<{ seen: () => Promise<Sighting> }> {
  const handle = await page.evaluateHandle(() => {
    const epoch = (time: number) => performance.timeOrigin + time;
    const known = new Set(document.querySelectorAll('[data-testid="picture"]'));
    const sighting: Record<string, number> = {};
    /** Calls back when the next frame has been drawn and handed over. */
    const afterFrame = (note: () => void) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = note;
        port2.postMessage(null);
      });
    window.addEventListener(
      'keydown',
      (event) => {
        sighting['enter'] ??= epoch(event.timeStamp);
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
                sighting['placeholder'] = epoch(performance.now());
              });
            }
          }
          if (picture?.getAttribute('data-visible') === 'full' && !isFull) {
            isFull = true;
            observer.disconnect();
            afterFrame(() => {
              sighting['full'] = epoch(performance.now());
              resolve(sighting);
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
      const sighting = await handle.evaluate(({ seen }) => seen);
      await handle.dispose();
      const { enter = Number.NaN, placeholder = Number.NaN, full = Number.NaN } = sighting;
      return { enter, placeholder, full };
    },
  };
}

/**
 * Sends empty requests and messages in turn, each after a pause, as a user's come: what comes second in a tight
 * loop is quicker than anything a user ever meets.
 *
 * @returns how long each took from the page and back, in milliseconds.
 */
export function askInTurn(
  page: Page,
  times: number,
  text: string,
): Promise<{ ping: number[]; send: number[] }> {
  return page.evaluate(
    async ([count, message]) => {
      const pauseMs = 40;
      const ping: number[] = [];
      const send: number[] = [];
      const timed = async (durations: number[], ask: () => Promise<unknown>) => {
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
        const start = performance.now();
        await ask();
        durations.push(performance.now() - start);
      };
      const draft = {
        conversationId: null,
        text: message,
        mode: 'auto',
        aspectRatio: '1:1',
        count: 1,
      } as const;
      for (let index = 0; index < count; index += 1) {
        await timed(ping, () => window.afterimage.request('app:ping', {}));
        await timed(send, () => window.afterimage.request('chat:send', draft));
      }
      return { ping, send };
    },
    [times, text] as const,
  );
}

/** @returns what the app itself has measured under `name` since the page was loaded, in milliseconds. */
export function measured(page: Page, name: string): Promise<number[]> {
  return page.evaluate(
    (wanted) => performance.getEntriesByName(wanted, 'measure').map(({ duration }) => duration),
    name,
  );
}
