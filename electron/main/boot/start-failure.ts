// Tells the user that the app cannot start or continue, and exits with a non-zero code.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { app, BrowserWindow, dialog } from 'electron';
import { chooseLanguage } from '../../../shared/languages/languages';
import { loadLanguage } from '../../../shared/languages/load-language';
import { type Sentence, say, sayInEnglish } from '../../../shared/languages/sentence';
import { onLanguageChange, t } from '../../../shared/languages/translate';

/** Maximum time for Chromium to get ready for the dialog (ms). */
const maxWaitMs = 10_000;
/** Maximum time for the app to save and quit (ms). */
const maxQuitMs = 10_000;

/** Whether the settings have been read, and with them the language. */
let isLanguageKnown = false;
onLanguageChange(() => {
  isLanguageKnown = true;
});

/**
 * Writes the text to standard error in English, shows it in a dialog, and when the user closes that, quits as usual, but with the
 * exit code 1.
 *
 * @param isUnattended writes only, because nobody could close the dialog.
 */
export async function endWithDialog(title: Sentence, text: Sentence, isUnattended: boolean): Promise<void> {
  process.stderr.write(`${sayInEnglish(title)}: ${sayInEnglish(text)}\n`);
  // However the app ends from here on, even by SIGTERM, it has failed. This listener runs last, after those that
  // save.
  app.on('will-quit', () => app.exit(1));
  closeWindows();
  if (!isUnattended) await showDialog(title, text).catch(() => {});
  setTimeout(() => app.exit(1), maxQuitMs);
  app.quit();
}

/** A window next to the dialog would suggest that the app still works. */
function closeWindows(): void {
  app.removeAllListeners('window-all-closed');
  // Without any listener Electron would quit, and the dialog would disappear.
  app.on('window-all-closed', () => {});
  for (const window of BrowserWindow.getAllWindows()) window.destroy();
}

async function showDialog(title: Sentence, text: Sentence): Promise<void> {
  if (!app.isReady()) {
    useTemporaryFolder();
    const isReady = await Promise.race([app.whenReady().then(() => true), waitForTimeout()]);
    if (!isReady) return;
  }
  // Before the settings are read, the computer's language is the best guess.
  if (!isLanguageKnown)
    await loadLanguage(chooseLanguage('system', app.getPreferredSystemLanguages())).catch(() => {});
  const heading = say(title);
  const buttons = [t('desktop.dialog_quit')];
  await dialog.showMessageBox({
    type: 'error',
    title: heading,
    message: heading,
    detail: say(text),
    buttons,
  });
}

/** The dialog needs Chromium, which may not start with a folder that it cannot write to. */
function useTemporaryFolder(): void {
  try {
    const folder = mkdtempSync(path.join(tmpdir(), 'afterimage-'));
    app.setPath('userData', folder);
    app.setPath('sessionData', path.join(folder, 'session'));
  } catch {
    // The temporary folder is not writable either. Chromium may still start.
  }
}

function waitForTimeout(): Promise<boolean> {
  return new Promise((resolve) => setTimeout(resolve, maxWaitMs, false));
}
