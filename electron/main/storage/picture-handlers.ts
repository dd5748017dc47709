// Answers requests about single pictures and about many at once.

import path from 'node:path';
import * as electron from 'electron';
import { app, BrowserWindow, shell } from 'electron';
import type { pictureRequests } from '../../../shared/contract/pictures';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { formatOfFile, type PictureFormat, pictureFormats } from '../../../shared/domain/picture-files';
import { t } from '../../../shared/languages/translate';
import { findOriginal } from '../../files/find-original';
import type { HandlersOf } from '../ipc/handlers';
import { showOpenDialog, showSaveDialog } from '../window/dialogs';
import { createPictureCopier } from './copy-picture';
import { dragOut } from './drag-out';
import { setFavourite } from './favourites';
import { findKept, saveKept } from './kept-files';
import { locate } from './locate';
import { repairPicture } from './repair-picture';
import type { StorageContext } from './storage-context';
import { moveManyToTrash, moveToTrash, restoreFromTrash, restoreManyFromTrash } from './trash';

export type PictureOptions = {
  context: StorageContext;
  /** Drained before requests that name pictures, which may not be in the gallery yet. */
  outbox: { drainAll: () => void };
  /** Copies a picture's file. @param source `path`: absolute. */
  saveCopy: (
    imageId: string,
    source: { path: string; format: PictureFormat | null },
    target: string,
  ) => Promise<Result<{ path: string }>>;
  /** Returns the formats that a save dialog offers for a picture of this format. */
  dialogFilters: (format: PictureFormat | null) => { name: string; extensions: string[] }[];
  /** Writes named copies with recipes for a drag. @returns absolute paths, without those of missing pictures. */
  writeDragCopies: (imageIds: readonly string[]) => Promise<string[]>;
  /** Puts a PNG on the clipboard. @param png absolute path. @returns whether the clipboard has it. */
  putOnClipboard: (png: string) => Promise<boolean>;
  /** Returns the name for a copy of a picture, or undefined if the picture is not in the gallery. */
  copyName: (imageId: string) => string | undefined;
};

export function createPictureHandlers({
  context,
  outbox,
  saveCopy,
  putOnClipboard,
  copyName,
  dialogFilters,
  writeDragCopies,
}: PictureOptions): HandlersOf<typeof pictureRequests> {
  const { store, dataFolder } = context;
  const copyPicture = createPictureCopier(context, putOnClipboard);

  function pathOf(imageId: string): string | undefined {
    const source = store.messages.imageFile(imageId) ?? store.userImages.source(imageId);
    return source === undefined ? undefined : path.resolve(dataFolder, source);
  }

  return {
    'images:facts': ({ imageId }) => {
      outbox.drainAll();
      const facts = store.pictureFacts.find(imageId);
      return facts ? success(facts) : failure('not_found');
    },
    'images:family': ({ imageId }) => {
      outbox.drainAll();
      const family = store.lineage.family(imageId);
      return family ? success(family) : failure('not_found');
    },
    'images:copy': ({ imageId }) => {
      outbox.drainAll();
      return copyPicture(imageId);
    },
    'images:save-copy': async ({ imageId }, { sender }) => {
      outbox.drainAll();
      const source = pathOf(imageId);
      if (!source) return failure('not_found');
      const place = store.userImages.place(imageId);
      if (place && (await findOriginal(dataFolder, place)) === null) return failure('linked_file_gone');
      const defaultPath = path.join(app.getPath('pictures'), copyName(imageId) ?? path.basename(source));
      const format = formatOfFile(place?.file ?? source);
      const filters = dialogFilters(format);
      const target = await showSaveDialog(sender, { defaultPath, filters }, dataFolder);
      if (!target.ok) return target;
      if (target.value === null) return success(null);
      // Never write to a user's file that a picture refers to.
      if (path.resolve(target.value) === place?.linked_path) return failure('copy_not_saved');
      return saveCopy(imageId, { path: source, format }, target.value);
    },
    'pictures:save-kept': async ({ messageId }, { sender }) => {
      const requestIds = store.charges.ofMessage(messageId).map(({ id }) => id);
      const kept = await findKept(dataFolder, messageId, requestIds);
      if (!kept) return failure('nothing_kept');
      const defaultPath = path.join(app.getPath('pictures'), kept.name);
      const target = await showSaveDialog(sender, { defaultPath }, dataFolder);
      if (!target.ok) return target;
      return target.value === null ? success(null) : saveKept(kept.file, target.value);
    },
    'images:show-in-folder': ({ imageId }) => {
      const file = pathOf(imageId);
      if (!file) return failure('not_found');
      shell.showItemInFolder(file);
      return success(null);
    },
    'images:share': async ({ imageId }, { sender }) => {
      outbox.drainAll();
      const [file] = await writeDragCopies([imageId]);
      const window = BrowserWindow.fromWebContents(sender);
      if (file === undefined || !window) return failure('file_missing');
      // https://www.electronjs.org/docs/latest/api/share-menu: only macOS has it, and it is only offered there.
      new electron.ShareMenu({ filePaths: [file] }).popup({ window });
      return success(null);
    },
    'images:favourite': ({ imageIds, favourite }) =>
      success(setFavourite(context, outbox, imageIds, favourite)),
    'images:delete': ({ imageId }) => {
      outbox.drainAll();
      return moveToTrash(context, imageId);
    },
    'images:restore': ({ imageId }) => restoreFromTrash(context, imageId),
    'images:delete-many': ({ imageIds }) => {
      outbox.drainAll();
      return success(moveManyToTrash(context, imageIds));
    },
    'images:restore-many': ({ imageIds }) => success(restoreManyFromTrash(context, imageIds)),
    'images:repair': async ({ imageId }) => success(await repairPicture(context, imageId)),
    'images:locate': async ({ imageId }, { sender }) => {
      if (!store.userImages.find(imageId)) return failure('not_found');
      const [chosen] = await showOpenDialog(sender, {
        title: t('desktop.locate_picture'),
        properties: ['openFile'],
        filters: [
          { name: t('desktop.filter_pictures'), extensions: [...Object.keys(pictureFormats), 'jpeg'] },
        ],
      });
      return chosen === undefined ? success(null) : locate(context, imageId, chosen);
    },
    'images:drag-out': async ({ imageIds, icon }, { sender }) => {
      outbox.drainAll();
      return dragOut(await writeDragCopies(imageIds), sender, icon);
    },
  };
}
