// Offers to reload one window whose page cannot be shown, while the other windows go on.
import { type BrowserWindow, dialog } from 'electron';

/** @param error why the page cannot be shown; only the log has it. */
export async function offerReload(window: BrowserWindow, error: unknown): Promise<void> {
  console.error('A window cannot show its page:', error);
  // Its first page may not have come so far as to show it.
  window.show();
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'This window stopped working.',
    detail: 'The other windows go on, and what was saved is still there. Reload this window, or close it.',
    buttons: ['Reload', 'Close the window'],
    defaultId: 0,
    cancelId: 1,
  });
  if (window.isDestroyed()) return;
  if (response === 0) window.webContents.reload();
  else window.destroy();
}
