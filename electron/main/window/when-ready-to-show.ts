// Waits until a window can be shown, or until its page has been painted, with a timeout.

/** Maximum time from the load to the first paint, even on a busy computer (ms). */
const patienceMs = 5_000;

/** The parts of BrowserWindow that this file needs. */
type WaitingWindow = {
  once(event: 'ready-to-show' | 'closed', listener: () => void): unknown;
  webContents: { once: (event: 'did-finish-load', listener: () => void) => unknown };
};

/** Calls back later, and returns a function that cancels that. */
type After = (milliseconds: number, callback: () => void) => () => void;

/**
 * Calls `run` once the window can be shown. Electron's `ready-to-show` comes with the first layout after the page is
 * parsed, when ours is still empty: the window then shows its background. A page that never learns its window's size has no
 * layout; without the timeout, the app would run without ever showing a window.
 */
export function whenReadyToShow(window: WaitingWindow, run: () => void, after?: After): void {
  onceOrLate(window, (listener) => window.once('ready-to-show', listener), run, after);
}

/**
 * Calls `run` once the first content of a window's page is on screen. A page that stays hidden paints nothing.
 *
 * @param onPainted calls its listener with each page that reports its first paint.
 */
export function whenPainted(
  window: WaitingWindow,
  onPainted: (listener: (page: unknown) => void) => void,
  run: () => void,
  after?: After,
): void {
  const { webContents } = window;
  onceOrLate(window, (listener) => onPainted((page) => page === webContents && listener()), run, after);
}

/**
 * Calls `run` once, when the first of the windows is ready. If that window is closed first, which on macOS does not
 * quit the app, a later one counts.
 *
 * @param onOpened calls its listener with each window that opens after `window`.
 * @param wait waits for one window.
 */
export function whenFirst<Window>(
  window: Window,
  onOpened: (listener: (window: Window) => void) => void,
  wait: (window: Window, run: () => void) => void,
  run: () => void,
): void {
  let isOver = false;
  const end = () => {
    if (isOver) return;
    isOver = true;
    run();
  };
  wait(window, end);
  onOpened((another) => {
    if (!isOver) wait(another, end);
  });
}

/** Calls `run` at the event, or a while after the load; never for a window that was closed before. */
function onceOrLate(
  window: WaitingWindow,
  onEvent: (listener: () => void) => void,
  run: () => void,
  after: After = afterTimeout,
): void {
  let cancel = () => {};
  let isOver = false;
  const end = (isReady: boolean) => () => {
    if (isOver) return;
    isOver = true;
    cancel();
    if (isReady) run();
  };
  onEvent(end(true));
  window.once('closed', end(false));
  window.webContents.once('did-finish-load', () => {
    if (!isOver) cancel = after(patienceMs, end(true));
  });
}

function afterTimeout(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
}
