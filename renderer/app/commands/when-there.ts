// Waits for an element of a view that was just opened.

/** A view that has not rendered its element by then (ms) has none. */
const maxWaitMs = 3000;

/** Calls `use` with the element that the selector finds, now or when the page has it. */
export function whenThere(selector: string, use: (element: HTMLElement) => void): void {
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
