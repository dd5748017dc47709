// Remembers where the window is in a small file: written beside its name and renamed, so that a kill spoils nothing.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BrowserWindow, screen } from 'electron';
import { type Bounds, restoreWindowState, type Size, type WindowState } from './window-state';

/** While a window is being moved nothing is written: after this long without another move, in milliseconds. */
const settledMs = 300;

export function createWindowStateFile(dataFolder: string) {
  const file = path.join(dataFolder, 'window.json');
  return {
    /** @returns where the window goes. Call it when the app is ready. */
    read(usual: Size, least: Size): WindowState {
      return restoreWindowState(readJson(file), workAreas(), usual, least);
    },
    /** From now on the window's place is kept. */
    follow(window: BrowserWindow): void {
      let timer: NodeJS.Timeout | undefined;
      const keep = () => {
        clearTimeout(timer);
        if (window.isDestroyed() || window.isMinimized()) return;
        write(file, {
          bounds: window.getNormalBounds(),
          isMaximized: window.isMaximized(),
          isFullScreen: window.isFullScreen(),
        });
      };
      const keepSoon = () => {
        clearTimeout(timer);
        timer = setTimeout(keep, settledMs);
      };
      window.on('resize', keepSoon);
      window.on('move', keepSoon);
      window.on('maximize', keepSoon);
      window.on('unmaximize', keepSoon);
      window.on('enter-full-screen', keepSoon);
      window.on('leave-full-screen', keepSoon);
      window.on('close', keep);
      window.on('closed', () => clearTimeout(timer));
    },
  };
}

function workAreas(): Bounds[] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary, ...others].map(({ workArea }) => workArea);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // The first start, or a file that a loss of power left empty.
    return null;
  }
}

/** At once, since the process may be ending; a hundred bytes, and not flushed: nothing depends on them. */
function write(file: string, place: WindowState): void {
  try {
    writeFileSync(`${file}.part`, JSON.stringify(place));
    renameSync(`${file}.part`, file);
  } catch (error) {
    console.error('The place of the window could not be kept:', error);
  }
}
