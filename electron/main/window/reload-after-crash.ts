// Loads the page anew when its process has died: else the window stays, and shows nothing any more.
import type { BrowserWindow } from 'electron';

/** One that dies again within so long would do so for ever, in milliseconds. */
const soonMs = 10_000;

export function reloadAfterCrash({ webContents }: BrowserWindow): void {
  let revivedAt = Number.NEGATIVE_INFINITY;
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    console.error(`The screen's process ended (${reason}).`);
    const now = performance.now();
    if (now - revivedAt < soonMs) return;
    revivedAt = now;
    webContents.reload();
  });
}
