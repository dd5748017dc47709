// The main window over the app's lifetime: opened, brought to the front, and opened again at its last place.
import type { BrowserWindow } from 'electron';
import { defaultWindowSize, focusWindow, minWindowSize, openWindow } from './open-window';
import { createWindowStateFile } from './window-state-file';

export type MainWindowOptions = {
  dataFolder: string;
  /** The page to show. */
  address: string;
  /** Path of the preload bundle. */
  preload: string;
  onOpen: (window: BrowserWindow) => void;
};

export function createMainWindow({ dataFolder, address, preload, onOpen }: MainWindowOptions) {
  const place = createWindowStateFile(dataFolder);

  function open(): BrowserWindow {
    const window = openWindow(address, preload, place.read(defaultWindowSize, minWindowSize));
    place.follow(window);
    onOpen(window);
    return window;
  }

  return {
    open,
    /** Brings the window to the front, or opens one. */
    toFront(): void {
      if (!focusWindow()) open();
    },
  };
}
