// Measures the renderer with the browser's User Timing: https://www.w3.org/TR/user-timing/

/** Maximum number of measurements kept per name. */
const maxMeasures = 1000;

/** Records a duration between two times of `performance.now()`. */
export function measureBetween(name: string, start: number, end: number): void {
  if (performance.getEntriesByName(name, 'measure').length >= maxMeasures) performance.clearMeasures(name);
  performance.measure(name, { start, end });
}

/** Records the duration from `start` (a time of `performance.now()`) until the next frame is painted. */
export function measureSince(name: string, start: number): void {
  requestAnimationFrame(() => {
    // The message is delivered after the frame was submitted.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      measureBetween(name, start, performance.now());
      port1.close();
    };
    port2.postMessage(null);
  });
}
