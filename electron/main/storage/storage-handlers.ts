// Trash, missing pictures and the storage view: the part of the contract that looks after the disk.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { BrowserWindow, dialog, type OpenDialogOptions, shell } from 'electron';
import type { StorageUsage, TrashPage } from '../../../shared/contract/trash';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { pictureFormats } from '../../../shared/domain/picture-files';
import type { GalleryImage } from '../../../shared/domain/pictures';
import type { ChatContext } from '../chat/chat-context';
import type { Handlers } from '../ipc/handlers';
import { drainBatch } from '../outbox/drain';
import { dayMs, type Housekeeping } from './housekeeping';
import { locate } from './locate';
import { recoveryFolder } from './picture-folder';
import type { StorageContext } from './storage-context';
import { moveToTrash, restoreFromTrash } from './trash';
import { measureTrash, readUsage } from './usage';

export type StorageRequest =
  | 'images:delete'
  | 'images:restore'
  | 'images:locate'
  | 'trash:list'
  | 'trash:measure'
  | 'trash:empty'
  | 'storage:read'
  | 'storage:show-recovery';

/** @param chat drained before a picture is deleted: the gallery may not have it yet. */
export function createStorageHandlers(
  context: StorageContext,
  housekeeping: Housekeeping,
  chat: ChatContext,
): Pick<Handlers, StorageRequest> {
  const { store, dataFolder } = context;
  let measuring: Promise<StorageUsage | null> | null = null;

  function trashPage(limit: number): TrashPage {
    const stay = store.settings.read().trashDays * dayMs;
    return {
      pictures: store.trash
        .pictures(limit)
        .map(({ image, deletedAt }) => ({ image, removeAt: deletedAt + stay })),
      conversations: store.trash
        .conversations(limit)
        .map(({ id, title, deletedAt }) => ({ id, title, removeAt: deletedAt + stay })),
      counts: store.trash.counts(),
    };
  }

  return {
    'images:delete': ({ imageId }) => {
      while (drainBatch(chat) > 0);
      return moveToTrash(context, imageId);
    },
    'images:restore': ({ imageId }) => restoreFromTrash(context, imageId),
    'images:locate': async ({ imageId }, caller): Promise<Result<GalleryImage | null>> => {
      const image = store.userImages.find(imageId);
      if (!image) return failure('not_found');
      const options: OpenDialogOptions = {
        title: 'Locate the picture',
        properties: ['openFile'],
        filters: [{ name: 'Pictures', extensions: [...Object.keys(pictureFormats), 'jpeg'] }],
      };
      const window = BrowserWindow.fromWebContents(caller.sender);
      const answer = window
        ? await dialog.showOpenDialog(window, options)
        : await dialog.showOpenDialog(options);
      const [chosen] = answer.filePaths;
      if (answer.canceled || chosen === undefined) return success(null);
      return locate(context, imageId, chosen);
    },
    'trash:list': ({ limit }) => success(trashPage(limit)),
    'trash:measure': async () => {
      const counts = store.trash.counts();
      return success({ ...counts, bytes: await measureTrash(context) });
    },
    'trash:empty': async () => success(await housekeeping.emptyTrash()),
    'storage:read': async () => {
      // Whoever asks while it is being measured gets that answer.
      measuring ??= readUsage(context).finally(() => {
        measuring = null;
      });
      const usage = await measuring;
      return usage ? success(usage) : failure('internal');
    },
    'storage:show-recovery': async () => {
      const folder = path.join(dataFolder, recoveryFolder);
      await mkdir(folder, { recursive: true });
      const problem = await shell.openPath(folder);
      return problem === '' ? success(null) : failure('file_missing');
    },
  };
}
