// Tells when the page's first content is on screen.

/** Maximum wait (ms), because a hidden or minimised window does not paint. */
const maxWaitMs = 5_000;

/**
 * Calls back once, when the first content is on screen. Call it when the content is rendered, not earlier.
 *
 * @returns a function that cancels the callback.
 */
export function onFirstPaint(run: () => void): () => void {
  const observer = new PerformanceObserver((list) => {
    if (list.getEntriesByName('first-contentful-paint').length > 0) end();
  });
  const timer = setTimeout(end, maxWaitMs);
  const cancel = () => {
    observer.disconnect();
    clearTimeout(timer);
  };
  function end(): void {
    cancel();
    run();
  }
  observer.observe({ type: 'paint', buffered: true });
  return cancel;
}
