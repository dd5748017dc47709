// Reloads the page after its renderer process crashed, because the window would stay blank.
import type { BrowserWindow } from 'electron';

/** A page that crashes again within this time (ms) of a reload would crash in a loop, so it is not reloaded. */
const minReloadIntervalMs = 10_000;

export function reloadAfterCrash({ webContents }: BrowserWindow): void {
  let reloadedAt = Number.NEGATIVE_INFINITY;
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    console.error(`The renderer process ended (${reason}).`);
    const now = performance.now();
    if (now - reloadedAt < minReloadIntervalMs) return;
    reloadedAt = now;
    webContents.reload();
  });
}
