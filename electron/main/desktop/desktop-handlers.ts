// Answers requests that concern the desktop: links, folders, licences and versions.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { shell, type WebContents } from 'electron';
import type { desktopRequests } from '../../../shared/contract/desktop';
import { failure, success } from '../../../shared/domain/errors';
import type { HandlersOf } from '../ipc/handlers';
import { findNotices, readAbout } from './about';

export type DesktopHandlerOptions = {
  dataFolder: string;
  sqliteVersion: string;
  /** Called when a page has subscribed to events. */
  onPageReady: (page: WebContents) => void;
  /** Asks the user for pictures or for folders of pictures, and offers them for import. */
  chooseImport: (page: WebContents, source: 'pictures' | 'folder') => Promise<void>;
};

export function createDesktopHandlers({
  dataFolder,
  sqliteVersion,
  onPageReady,
  chooseImport,
}: DesktopHandlerOptions): HandlersOf<typeof desktopRequests> {
  return {
    'desktop:ready': (_input, { sender }) => {
      onPageReady(sender);
      return success(null);
    },
    'desktop:choose-pictures': async (_input, { sender }) => {
      await chooseImport(sender, 'pictures');
      return success(null);
    },
    'desktop:choose-folder': async (_input, { sender }) => {
      await chooseImport(sender, 'folder');
      return success(null);
    },
    'desktop:paste': (_input, { sender }) => {
      sender.paste();
      return success(null);
    },
    'desktop:about': () => success(readAbout(sqliteVersion)),
    'desktop:show-notices': async () => {
      const file = findNotices();
      return file !== null && (await shell.openPath(file)) === '' ? success(null) : failure('no_licences');
    },
    'desktop:show-folder': async ({ folder }) => {
      const absolute = path.join(dataFolder, folder);
      // The folder may not exist yet, because it is created by the first write.
      await mkdir(absolute, { recursive: true });
      return (await shell.openPath(absolute)) === '' ? success(null) : failure('not_found');
    },
    'links:open': ({ url }) =>
      shell.openExternal(url).then(
        () => success(null),
        () => failure('link_not_opened'),
      ),
  };
}
