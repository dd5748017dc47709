// What can be done with one picture or many: this part of the contract, where it needs the system around the app.
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { app, BrowserWindow, dialog, type IpcMainInvokeEvent, nativeImage } from 'electron';
import type { exportRequests } from '../../../shared/contract/export';
import { failure, success } from '../../../shared/domain/errors';
import type { ChatContext } from '../chat/chat-context';
import { dayOf } from '../export/export-name';
import type { Handlers, HandlersOf } from '../ipc/handlers';
import { drainBatch } from '../outbox/drain';
import type { StorageContext } from '../storage/storage-context';
import { moveManyToTrash, restoreManyFromTrash } from '../storage/trash-many';
import { createExports } from './exports';

/** Longest side of what goes along with the pointer, in pixels. */
const iconSide = 128;

type PictureRequest =
  | 'images:facts'
  | 'images:copy'
  | 'images:delete-many'
  | 'images:restore-many'
  | 'images:drag-out';

/** @param chat drained before pictures are named: the gallery may not have a new one yet. */
export function createGalleryActions(
  context: StorageContext,
  chat: ChatContext,
): HandlersOf<typeof exportRequests> & Pick<Handlers, PictureRequest> {
  const { store, dataFolder } = context;
  const exports = createExports(context);

  function drain(): void {
    while (drainBatch(chat) > 0);
  }

  return {
    'images:facts': ({ imageId }) => {
      drain();
      const facts = store.pictureFacts.find(imageId);
      return facts ? success(facts) : failure('not_found');
    },
    'images:copy': ({ x, y }, { sender }) => {
      // Chromium's own: it copies every format that it can show, at its full size.
      sender.copyImageAt(x, y);
      return success(null);
    },
    'images:delete-many': ({ imageIds }) => {
      drain();
      return success(moveManyToTrash(context, imageIds));
    },
    'images:restore-many': ({ imageIds }) => success(restoreManyFromTrash(context, imageIds)),
    'images:drag-out': async ({ imageIds, icon }, { sender }) => {
      const files = await existing(imageIds.map((id) => store.userImages.file(id)));
      const [file] = files;
      if (file === undefined) return failure('file_missing');
      // What is on screen under the pointer: the system's own decoder knows neither WebP nor AVIF.
      const image = await sender.capturePage(icon).catch(() => nativeImage.createEmpty());
      const { width, height } = image.getSize();
      const side = width >= height ? { width: iconSide } : { height: iconSide };
      const small = Math.max(width, height) > iconSide ? image.resize(side) : image;
      sender.startDrag({ file, files, icon: small.isEmpty() ? await app.getFileIcon(file) : small });
      return success(null);
    },
    'export:start': async ({ imageIds, as }, caller) => {
      drain();
      const target = await (as === 'zip' ? chooseZip(caller) : chooseFolder(caller));
      return target === null ? success(null) : exports.start(imageIds, as, target);
    },
    'export:cancel': () => {
      exports.cancel();
      return success(null);
    },
  };

  async function existing(files: readonly (string | undefined)[]): Promise<string[]> {
    const found = await Promise.all(
      files.map((file) =>
        file === undefined ? null : realpath(path.join(dataFolder, file)).catch(() => null),
      ),
    );
    return found.filter((file) => file !== null);
  }

  /** @returns the zip file to write, or null where the user closed the dialog. */
  async function chooseZip({ sender }: IpcMainInvokeEvent): Promise<string | null> {
    const defaultPath = path.join(app.getPath('documents'), `Afterimage ${dayOf(context.now())}.zip`);
    const options = { title: 'Export as a zip file', defaultPath };
    const window = BrowserWindow.fromWebContents(sender);
    const chosen = window
      ? await dialog.showSaveDialog(window, options)
      : await dialog.showSaveDialog(options);
    return chosen.canceled || !chosen.filePath ? null : chosen.filePath;
  }

  /** @returns the folder that gets a new one for the pictures, or null where the user closed the dialog. */
  async function chooseFolder({ sender }: IpcMainInvokeEvent): Promise<string | null> {
    const window = BrowserWindow.fromWebContents(sender);
    const properties: ('openDirectory' | 'createDirectory')[] = ['openDirectory', 'createDirectory'];
    const options = { title: 'Export into a folder', buttonLabel: 'Export here', properties };
    const chosen = window
      ? await dialog.showOpenDialog(window, options)
      : await dialog.showOpenDialog(options);
    return chosen.filePaths[0] ?? null;
  }
}
