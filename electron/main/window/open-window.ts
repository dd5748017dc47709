// The one window, hardened: it shows our own page, goes nowhere else and opens nothing.
import path from 'node:path';
import { BrowserWindow, nativeTheme, session } from 'electron';
import type { Settings } from '../../../shared/domain/settings';
import { reloadAfterCrash } from './reload-after-crash';
import type { WindowState } from './window-state';

/** The background of both themes, so that no white shows before the page does. */
const background = { dark: '#120f0d', light: '#fbfaf8' };

/** In device-independent pixels. */
export const defaultWindowSize = { width: 1280, height: 860 };
export const minWindowSize = { width: 640, height: 480 };

export function applyTheme(theme: Settings['theme']): void {
  nativeTheme.themeSource = theme;
}

/**
 * @param address the page to show.
 * @param preload path of the preload bundle.
 * @param place where it goes.
 */
export function openWindow(address: string, preload: string, place: WindowState): BrowserWindow {
  hardenSession();
  const window = new BrowserWindow({
    title: 'Afterimage',
    ...place.bounds,
    minWidth: minWindowSize.width,
    minHeight: minWindowSize.height,
    fullscreen: place.isFullScreen,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload: path.resolve(preload),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      // Whether it does anything is the session's: see desktop/spelling.ts.
      spellcheck: true,
    },
  });
  window.once('ready-to-show', () => {
    if (place.isMaximized) window.maximize();
    window.show();
  });
  reloadAfterCrash(window);
  window.webContents.on('will-navigate', (event) => event.preventDefault());
  window.webContents.on('will-attach-webview', (event) => event.preventDefault());
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  void window.loadURL(address);
  return window;
}

/** The page may copy to the clipboard when the user asks for it, and nothing else. */
function hardenSession(): void {
  const allowed = 'clipboard-sanitized-write';
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(permission === allowed);
  });
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => permission === allowed);
}

/** @returns whether there was a window to bring to the front. */
export function focusWindow(): boolean {
  const [window] = BrowserWindow.getAllWindows();
  if (!window) return false;
  if (window.isMinimized()) window.restore();
  window.show();
  return true;
}

export function hideWindows(): void {
  for (const window of BrowserWindow.getAllWindows()) window.hide();
}
