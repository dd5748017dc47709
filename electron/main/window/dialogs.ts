// The system's open and save dialogs, attached to the window that requests them.
import {
  BrowserWindow,
  dialog,
  type OpenDialogOptions,
  type SaveDialogOptions,
  type WebContents,
} from 'electron';

/**
 * Asks the user for files or folders to open.
 *
 * @param sender the page that sent the request.
 * @returns absolute paths; empty if the user closed the dialog.
 */
export async function showOpenDialog(sender: WebContents, options: OpenDialogOptions): Promise<string[]> {
  const window = BrowserWindow.fromWebContents(sender);
  const { canceled, filePaths } = window
    ? await dialog.showOpenDialog(window, options)
    : await dialog.showOpenDialog(options);
  return canceled ? [] : filePaths;
}

/**
 * Asks the user where to save a file.
 *
 * @returns an absolute path; null if the user closed the dialog.
 */
export async function showSaveDialog(
  sender: WebContents,
  options: SaveDialogOptions,
): Promise<string | null> {
  const window = BrowserWindow.fromWebContents(sender);
  const { canceled, filePath } = window
    ? await dialog.showSaveDialog(window, options)
    : await dialog.showSaveDialog(options);
  return canceled || !filePath ? null : filePath;
}
