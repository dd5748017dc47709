// How long things take on screen, by the browser's own User Timing.

/** Notes how long it has been since `start` (as `performance.now()` gives it) until the next frame is drawn. */
export function measureSince(name: string, start: number): void {
  requestAnimationFrame(() => {
    // The message is handled once the frame is on its way to the screen.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      performance.measure(name, { start, end: performance.now() });
      port1.close();
    };
    port2.postMessage(null);
  });
}
