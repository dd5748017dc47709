// Answers requests about watched folders.
import { shell } from 'electron';
import type { folderRequests } from '../../../../shared/contract/folders';
import { failure, success } from '../../../../shared/domain/errors';
import { t } from '../../../../shared/languages/translate';
import type { HandlersOf } from '../../ipc/handlers';
import { showOpenDialog } from '../../window/dialogs';
import type { WatchedFolders } from './watched-folders';

export function createFolderHandlers(folders: WatchedFolders): HandlersOf<typeof folderRequests> {
  return {
    'folders:list': () => success(folders.list()),
    'folders:choose': async (_input, { sender }) => {
      const [folder] = await showOpenDialog(sender, {
        title: t('desktop.watch_folder'),
        properties: ['openDirectory'],
      });
      return folder === undefined ? success(null) : folders.choose(folder);
    },
    'folders:watch': ({ choiceId, ...choice }) => folders.watch(choiceId, choice),
    'folders:set-enabled': ({ folderId, enabled }) => folders.setEnabled(folderId, enabled),
    'folders:look': ({ folderId }) => folders.look(folderId),
    'folders:remove': ({ folderId }) => folders.remove(folderId),
    'folders:show': async ({ folderId }) => {
      const folder = folders.pathOf(folderId);
      if (folder === undefined) return failure('not_found');
      return (await shell.openPath(folder)) === '' ? success(null) : failure('folder_not_found');
    },
  };
}
