// Waits for the page's elements and style sheets.

/**
 * Resolves when the page has loaded, because an `async` script may run before its page is parsed and styled. Awaiting does
 * not delay the load.
 */
export function whenLoaded(): Promise<void> {
  return new Promise((resolve) => {
    if (document.readyState === 'complete') resolve();
    else window.addEventListener('load', () => resolve(), { once: true });
  });
}
