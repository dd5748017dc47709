// Offers to reload one window whose page cannot be shown, while the other windows go on.
import { type BrowserWindow, dialog } from 'electron';
import { t } from '../../../shared/languages/translate';

/** @param error why the page cannot be shown; only the log has it. */
export async function offerReload(window: BrowserWindow, error: unknown): Promise<void> {
  console.error('A window cannot show its page:', error);
  // Its first page may not have come so far as to show it.
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
