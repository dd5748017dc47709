// Shows the native context menu where the user right-clicks in the page.
import { type BrowserWindow, Menu } from 'electron';
import type { DesktopRequest } from '../../../shared/contract/desktop';
import { contextMenuItems } from './context-menu-items';

/** @param request sends a request to the page, such as to save a copy of a picture. */
export function attachContextMenu(window: BrowserWindow, request: (request: DesktopRequest) => void): void {
  const { webContents } = window;
  webContents.on('context-menu', (_event, target) => {
    const items = contextMenuItems(target, {
      replaceMisspelling: (word) => webContents.replaceMisspelling(word),
      addToDictionary: (word) => void webContents.session.addWordToSpellCheckerDictionary(word),
      copyImage: () => webContents.copyImageAt(target.x, target.y),
      request,
    });
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });
}
