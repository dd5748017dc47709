// Tells the user that the app cannot start or go on, and ends it with a non-zero exit code.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { app, dialog } from 'electron';

/** How long Chromium may take to get ready for the dialog (ms). */
const maxWaitMs = 10_000;

/**
 * Writes the text to standard error, shows it in a dialog, and exits with 1 when the user closes it.
 *
 * @param isUnattended writes only, because nobody could close the dialog.
 */
export async function endWithDialog(title: string, text: string, isUnattended: boolean): Promise<void> {
  process.stderr.write(`${title}: ${text}\n`);
  // Whatever ends the app from now on, such as SIGTERM, it has failed.
  app.on('will-quit', () => app.exit(1));
  if (!isUnattended) await showDialog(title, text).catch(() => {});
  app.exit(1);
}

async function showDialog(title: string, text: string): Promise<void> {
  if (!app.isReady()) {
    // The dialog needs Chromium, which may not start on a folder that it cannot write to.
    const folder = mkdtempSync(path.join(tmpdir(), 'afterimage-'));
    app.setPath('userData', folder);
    app.setPath('sessionData', path.join(folder, 'session'));
    const isReady = await Promise.race([app.whenReady().then(() => true), waitInVain()]);
    if (!isReady) return;
  }
  await dialog.showMessageBox({ type: 'error', title, message: title, detail: text, buttons: ['Quit'] });
}

function waitInVain(): Promise<boolean> {
  return new Promise((resolve) => setTimeout(resolve, maxWaitMs, false));
}
