// Waits for an element of a view that was just opened.

/** Maximum wait for the element (ms). */
const maxWaitMs = 3000;

/** Calls `use` with the element that matches the selector, now or once it exists. */
export function whenRendered(selector: string, use: (element: HTMLElement) => void): void {
  const find = () => document.querySelector<HTMLElement>(selector);
  const found = find();
  if (found) {
    use(found);
    return;
  }
  const observer = new MutationObserver(() => {
    const element = find();
    if (!element) return;
    stop();
    use(element);
  });
  const timeout = setTimeout(() => observer.disconnect(), maxWaitMs);
  const stop = () => {
    observer.disconnect();
    clearTimeout(timeout);
  };
  observer.observe(document.body, { childList: true, subtree: true });
}
