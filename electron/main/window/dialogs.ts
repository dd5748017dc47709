// The system's open and save dialogs, attached to the window that requests them.
import {
  BrowserWindow,
  dialog,
  type OpenDialogOptions,
  type SaveDialogOptions,
  type WebContents,
} from 'electron';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { leadsInto } from '../../files/is-within';

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
 * Asks the user for a folder to write to.
 *
 * @param dataFolder nothing may be written there, because it could replace what the app keeps.
 * @returns an absolute path; null if the user closed the dialog; `own_folder` for a place in the data folder.
 */
export async function showFolderDialog(
  sender: WebContents,
  options: Omit<OpenDialogOptions, 'properties'>,
  dataFolder: string,
): Promise<Result<string | null>> {
  const [folder] = await showOpenDialog(sender, {
    ...options,
    properties: ['openDirectory', 'createDirectory'],
  });
  return outsideOf(dataFolder, folder ?? null);
}

/** As `showFolderDialog`, for a file to write. */
export async function showSaveDialog(
  sender: WebContents,
  options: SaveDialogOptions,
  dataFolder: string,
): Promise<Result<string | null>> {
  const window = BrowserWindow.fromWebContents(sender);
  const { canceled, filePath } = window
    ? await dialog.showSaveDialog(window, options)
    : await dialog.showSaveDialog(options);
  return outsideOf(dataFolder, canceled || !filePath ? null : filePath);
}

async function outsideOf(dataFolder: string, target: string | null): Promise<Result<string | null>> {
  return target !== null && (await leadsInto(target, dataFolder)) ? failure('own_folder') : success(target);
}
