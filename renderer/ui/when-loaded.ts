// Tells when the page's elements and style sheets are there.

/**
 * Resolves with the page's load. An `async` script may run before its page is parsed and styled. That it awaits something
 * does not delay the load.
 */
export function whenLoaded(): Promise<void> {
  return new Promise((resolve) => {
    if (document.readyState === 'complete') resolve();
    else window.addEventListener('load', () => resolve(), { once: true });
  });
}
