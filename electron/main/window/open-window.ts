// Opens a sandboxed window that shows the app's own page and can neither navigate away nor open other windows.
import path from 'node:path';
import { BrowserWindow, nativeTheme, session } from 'electron';
import { reloadAfterCrash } from './reload-after-crash';
import { whenReadyToShow } from './when-ready-to-show';
import type { WindowState } from './window-state';

/** The page's background in each theme, so that the window does not flash white before the first paint. */
const background = { dark: '#120f0d', light: '#fbfaf8' };

/** A newer load has replaced this one: https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h */
const abortedLoad = -3;

/** In device-independent pixels. */
export const defaultWindowSize = { width: 1280, height: 860 };
export const minWindowSize = { width: 640, height: 480 };

export type WindowOptions = {
  /** URL of the page to show. */
  address: string;
  /** Path of the preload bundle. */
  preload: string;
  /** Position, size and mode of the window. */
  state: WindowState;
  /** Whether it gets the focus when it shows. */
  isInFront: boolean;
  /** Called if the page cannot be shown. */
  onFailure: (error: unknown) => void;
};

/** The only function that creates windows, so that all have the same restrictions. */
export function openWindow({ address, preload, state, isInFront, onFailure }: WindowOptions): BrowserWindow {
  restrictPermissions();
  const window = new BrowserWindow({
    // Not shown: the product’s name is the same in every language.
    title: 'Afterimage',
    ...state.bounds,
    minWidth: minWindowSize.width,
    minHeight: minWindowSize.height,
    fullscreen: state.isFullScreen,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: currentBackground(),
    webPreferences: {
      preload: path.resolve(preload),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      // Only allows spell checking: desktop/apply-spelling.ts switches it on for the session.
      spellcheck: true,
    },
  });
  whenReadyToShow(window, () => {
    if (state.isMaximized) window.maximize();
    if (isInFront) window.show();
    else window.showInactive();
  });
  reloadAfterCrash(window, (reason) =>
    onFailure(new Error(`The renderer process ended twice in a row (${reason}).`)),
  );
  window.webContents.on('will-navigate', (event) => event.preventDefault());
  window.webContents.on('will-attach-webview', (event) => event.preventDefault());
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.webContents.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
    if (isMainFrame && code !== abortedLoad) onFailure(new Error(`${url} did not load: ${description}.`));
  });
  // Failures are reported by the events above.
  window.loadURL(address).catch(() => {});
  return window;
}

/** Gives a window the background of the current theme. Call it if the theme was set after the window was opened. */
export function applyBackground(window: BrowserWindow): void {
  window.setBackgroundColor(currentBackground());
}

function currentBackground(): string {
  return nativeTheme.shouldUseDarkColors ? background.dark : background.light;
}

/** Denies every permission except writing to the clipboard, which the page needs to copy text and pictures. */
function restrictPermissions(): void {
  const allowed = 'clipboard-sanitized-write';
  session.defaultSession.setPermissionRequestHandler((_contents, permission, respond) => {
    respond(permission === allowed);
  });
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => permission === allowed);
}
