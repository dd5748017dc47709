// Shows the menu of the right mouse button.
import { type BrowserWindow, Menu } from 'electron';
import type { DesktopRequest } from '../../../shared/contract/desktop';
import { contextMenuFor } from './context-menu';

/** Shows the menu where the page is clicked. */
export function attachContextMenu(window: BrowserWindow, ask: (wish: DesktopRequest) => void): void {
  const { webContents } = window;
  webContents.on('context-menu', (_event, clicked) => {
    const items = contextMenuFor(clicked, {
      replace: (word) => webContents.replaceMisspelling(word),
      learn: (word) => void webContents.session.addWordToSpellCheckerDictionary(word),
      copyImage: () => webContents.copyImageAt(clicked.x, clicked.y),
      ask,
    });
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });
}
