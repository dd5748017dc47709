// The one window, hardened: it shows our own page, goes nowhere else and opens nothing.
import path from 'node:path';
import { BrowserWindow, nativeTheme, session } from 'electron';
import type { Settings } from '../../shared/settings';

/** The background of both themes, so that no white shows before the page does. */
const background = { dark: '#120f0d', light: '#fbfaf8' };

export function applyTheme(theme: Settings['theme']): void {
  nativeTheme.themeSource = theme;
}

/**
 * @param address the page to show.
 * @param preload path of the preload bundle.
 */
export function openWindow(address: string, preload: string): BrowserWindow {
  hardenSession();
  const window = new BrowserWindow({
    title: 'Afterimage',
    width: 1280,
    height: 860,
    minWidth: 640,
    minHeight: 480,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload: path.resolve(preload),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.on('will-navigate', (event) => event.preventDefault());
  window.webContents.on('will-attach-webview', (event) => event.preventDefault());
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  void window.loadURL(address);
  return window;
}

/** The page may copy to the clipboard when the person asks for it, and nothing else. */
function hardenSession(): void {
  // Chromium would fetch its dictionaries from the internet.
  session.defaultSession.setSpellCheckerLanguages([]);
  session.defaultSession.setSpellCheckerEnabled(false);
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
  window.focus();
  return true;
}

export function hideWindows(): void {
  for (const window of BrowserWindow.getAllWindows()) window.hide();
}
