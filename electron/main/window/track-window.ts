// Reports a window's position and mode whenever they change.
import type { BrowserWindow } from 'electron';
import type { WindowState } from './window-state';

/** A drag sends many events; the state is reported once the window has been still for this long (ms). */
const stillMs = 300;

/** @param onState called once the window is still, and when it closes. */
export function trackWindow(window: BrowserWindow, onState: (state: WindowState) => void): void {
  let timer: NodeJS.Timeout | undefined;
  const settle = () => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isMinimized()) return;
    const [isMaximized, isFullScreen] = [window.isMaximized(), window.isFullScreen()];
    onState({ bounds: window.getNormalBounds(), isMaximized, isFullScreen });
  };
  const settleSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(settle, stillMs);
  };
  window.on('resize', settleSoon);
  window.on('move', settleSoon);
  window.on('maximize', settleSoon);
  window.on('unmaximize', settleSoon);
  window.on('enter-full-screen', settleSoon);
  window.on('leave-full-screen', settleSoon);
  window.on('close', settle);
  window.on('closed', () => clearTimeout(timer));
}
