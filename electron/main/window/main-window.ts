// The main window during the app's lifetime: opens it, brings it to the front, and reopens it at its last position.
import { BrowserWindow } from 'electron';
import { defaultWindowSize, minWindowSize, openWindow } from './open-window';
import { createWindowStateFile } from './window-state-file';

export type MainWindowOptions = {
  dataFolder: string;
  /** URL of the page to show. */
  address: string;
  /** Path of the preload bundle. */
  preload: string;
  onOpen: (window: BrowserWindow) => void;
  /** Called if the page cannot be shown. */
  onFailure: (error: unknown) => void;
};

export function createMainWindow({ dataFolder, address, preload, onOpen, onFailure }: MainWindowOptions) {
  const stateFile = createWindowStateFile(dataFolder);

  function open(): BrowserWindow {
    const window = openWindow(address, preload, stateFile.read(defaultWindowSize, minWindowSize), onFailure);
    stateFile.track(window);
    onOpen(window);
    return window;
  }

  return {
    open,
    /** Brings the window to the front, or opens one if there is none. */
    bringToFront(): void {
      const [window] = BrowserWindow.getAllWindows();
      if (!window) {
        open();
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
    },
    /** Hides the window while the app finishes its work before it quits. */
    hide(): void {
      for (const window of BrowserWindow.getAllWindows()) window.hide();
    },
  };
}
