// Waits until a window can be shown: after its page was painted, or a while after it was loaded.

/** Time after the load in which a page is painted even on a busy computer (ms). */
const patienceMs = 5_000;

/** The parts of a BrowserWindow that decide. */
type WaitingWindow = {
  once(event: 'ready-to-show', listener: () => void): unknown;
  once(event: 'closed', listener: () => void): unknown;
  webContents: { once: (event: 'did-finish-load', listener: () => void) => unknown };
};

/**
 * Calls `run` once the window can be shown. Electron's `ready-to-show` comes with the first paint, and a page that never
 * learns the size of its window has none: without another way, the app would run for ever and show nothing.
 *
 * @param after calls back later, and returns a function that cancels that.
 */
export function whenReadyToShow(
  window: WaitingWindow,
  run: () => void,
  after: (milliseconds: number, callback: () => void) => () => void = afterTimeout,
): void {
  let cancel = () => {};
  let isOver = false;
  const end = (isReady: boolean) => () => {
    if (isOver) return;
    isOver = true;
    cancel();
    if (isReady) run();
  };
  window.once('ready-to-show', end(true));
  window.once('closed', end(false));
  window.webContents.once('did-finish-load', () => {
    if (!isOver) cancel = after(patienceMs, end(true));
  });
}

function afterTimeout(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
}
