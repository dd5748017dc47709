// Shows the native context menu where the user right-clicks in the page.
import { type BrowserWindow, Menu } from 'electron';
import { contextMenuItems } from './context-menu-items';

/** The page's own menus prevent the event, so that they open alone. */
export function attachContextMenu(window: BrowserWindow): void {
  const { webContents } = window;
  webContents.on('context-menu', (_event, target) => {
    const items = contextMenuItems(target, {
      replaceMisspelling: (word) => webContents.replaceMisspelling(word),
      addToDictionary: (word) => void webContents.session.addWordToSpellCheckerDictionary(word),
    });
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });
}
