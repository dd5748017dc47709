// Saves the window's position and size in window.json, and restores them at the next start.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type BrowserWindow, screen } from 'electron';
import { writeAtomicallySync } from '../../files/write-atomically-sync';
import { type Bounds, restoreWindowState, type Size, type WindowState } from './window-state';

/** Saves only after the window has been still for this long (ms), because a drag sends many events. */
const saveDelayMs = 300;

export function createWindowStateFile(dataFolder: string) {
  const file = path.join(dataFolder, 'window.json');
  return {
    /** Returns the state for a new window. Call it after the app is ready. */
    read(defaultSize: Size, minSize: Size): WindowState {
      return restoreWindowState(readJson(file), workAreas(), defaultSize, minSize);
    },
    /** Saves the window's state whenever it changes, and when it closes. */
    track(window: BrowserWindow): void {
      let timer: NodeJS.Timeout | undefined;
      const save = () => {
        clearTimeout(timer);
        if (window.isDestroyed() || window.isMinimized()) return;
        write(file, {
          bounds: window.getNormalBounds(),
          isMaximized: window.isMaximized(),
          isFullScreen: window.isFullScreen(),
        });
      };
      const saveSoon = () => {
        clearTimeout(timer);
        timer = setTimeout(save, saveDelayMs);
      };
      window.on('resize', saveSoon);
      window.on('move', saveSoon);
      window.on('maximize', saveSoon);
      window.on('unmaximize', saveSoon);
      window.on('enter-full-screen', saveSoon);
      window.on('leave-full-screen', saveSoon);
      window.on('close', save);
      window.on('closed', () => clearTimeout(timer));
    },
  };
}

/** Returns the usable area of each display, the primary one first. */
function workAreas(): Bounds[] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary, ...others].map(({ workArea }) => workArea);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // The first start, or a file that was left empty by a power loss.
    return null;
  }
}

/** Writes synchronously because the process may be ending. */
function write(file: string, state: WindowState): void {
  try {
    writeAtomicallySync(file, JSON.stringify(state), { isDurable: false });
  } catch (error) {
    console.error('Could not save the window state:', error);
  }
}
