// Reloads the page after its renderer process crashed, because the window would stay blank.
import type { BrowserWindow } from 'electron';

/** A page that crashes again within this time (ms) of a reload would crash in a loop, so it is not reloaded. */
const minReloadIntervalMs = 10_000;

/** @param onLoop called instead of a further reload. */
export function reloadAfterCrash({ webContents }: BrowserWindow, onLoop: (reason: string) => void): void {
  let reloadedAt = Number.NEGATIVE_INFINITY;
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    console.error(`The renderer process ended (${reason}).`);
    const now = performance.now();
    if (now - reloadedAt < minReloadIntervalMs) return onLoop(reason);
    reloadedAt = now;
    webContents.reload();
  });
}
