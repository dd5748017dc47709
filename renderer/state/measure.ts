// How long things take on screen, by the browser's own User Timing.

/** Most measurements of one name that are kept. */
const kept = 1000;

/** Notes how long something took. Both times as `performance.now()` gives them. */
export function measureBetween(name: string, start: number, end: number): void {
  if (performance.getEntriesByName(name, 'measure').length >= kept) performance.clearMeasures(name);
  performance.measure(name, { start, end });
}

/** Notes how long it has been since `start` (as `performance.now()` gives it) until the next frame is drawn. */
export function measureSince(name: string, start: number): void {
  requestAnimationFrame(() => {
    // The message is handled once the frame is on its way to the screen.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      measureBetween(name, start, performance.now());
      port1.close();
    };
    port2.postMessage(null);
  });
}
