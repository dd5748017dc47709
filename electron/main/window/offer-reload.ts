// Offers to reload a window whose page cannot be shown; other windows are not affected.
import { type BrowserWindow, dialog } from 'electron';
import { t } from '../../../shared/languages/translate';

/** @param error why the page cannot be shown; it is only logged. */
export async function offerReload(window: BrowserWindow, error: unknown): Promise<void> {
  console.error('A window cannot show its page:', error);
  // The window may still be hidden if its first page failed.
  window.show();
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: t('app.window_stopped'),
    detail: t('app.window_stopped_detail'),
    buttons: [t('app.reload_window'), t('app.close_window')],
    defaultId: 0,
    cancelId: 1,
  });
  if (window.isDestroyed()) return;
  if (response === 0) window.webContents.reload();
  else window.destroy();
}
