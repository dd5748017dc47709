// Answers requests to export pictures.

import path from 'node:path';
import { app } from 'electron';
import type { exportRequests } from '../../../shared/contract/export';
import { success } from '../../../shared/domain/errors';
import type { MessageId } from '../../../shared/languages/en';
import { t } from '../../../shared/languages/translate';
import type { HandlersOf } from '../ipc/handlers';
import { showOpenDialog, showSaveDialog } from '../window/dialogs';
import { formatDay } from './export-file-names';
import { createExportRunner, type ExportContext } from './run-export';
import { type CopyContext, saveCopies } from './save-copy';

type FolderWords = { title: MessageId; buttonLabel: MessageId };
const exportWords: FolderWords = { title: 'desktop.export_title', buttonLabel: 'desktop.export_here' };
const bringInWords: FolderWords = { title: 'desktop.bring_in_title', buttonLabel: 'desktop.bring_in' };
const saveWords: FolderWords = { title: 'desktop.save_title', buttonLabel: 'desktop.save_here' };

/**
 * @param outbox drained before an export, because the gallery may not have a new picture yet.
 * @param onStart called with the page that begins an export, which is shown there.
 */
export function createExportHandlers(
  context: ExportContext & CopyContext,
  outbox: { drainAll: () => void },
  onStart: (page: Electron.WebContents) => void,
): HandlersOf<typeof exportRequests> {
  const runner = createExportRunner(context);

  /** One export runs at a time: a second one is refused, and the first keeps its window. */
  function begin<Value>(sender: Electron.WebContents, run: () => Promise<Value>): Promise<Value> {
    if (!runner.isRunning()) onStart(sender);
    return run();
  }

  /** Returns the zip file to write, or null if the user closed the dialog. */
  function chooseZip(sender: Electron.WebContents): Promise<string | null> {
    // Not shown: the name of the app and a date.
    const defaultPath = path.join(app.getPath('documents'), `Afterimage ${formatDay(context.now())}.zip`);
    return showSaveDialog(sender, { title: t('desktop.export_zip_title'), defaultPath });
  }

  /** Returns the chosen folder, or null if the user closed the dialog. */
  async function chooseFolder(
    sender: Electron.WebContents,
    { title, buttonLabel }: FolderWords,
  ): Promise<string | null> {
    const [folder] = await showOpenDialog(sender, {
      ...{ title: t(title), buttonLabel: t(buttonLabel) },
      properties: ['openDirectory', 'createDirectory'],
    });
    return folder ?? null;
  }

  return {
    'export:start': async ({ imageIds, as }, { sender }) => {
      outbox.drainAll();
      const target = await (as === 'zip' ? chooseZip(sender) : chooseFolder(sender, exportWords));
      return target === null ? success(null) : begin(sender, () => runner.start(imageIds, as, target));
    },
    'export:save-copies': async ({ imageIds }, { sender }) => {
      outbox.drainAll();
      const folder = await chooseFolder(sender, saveWords);
      return folder === null ? success(null) : saveCopies(context, imageIds, folder);
    },
    'export:everything': async (_, { sender }) => {
      outbox.drainAll();
      const folder = await chooseFolder(sender, exportWords);
      return folder === null ? success(null) : begin(sender, () => runner.startArchive(folder));
    },
    'export:bring-in': async (_, { sender }) => {
      const folder = await chooseFolder(sender, bringInWords);
      return folder === null ? success(null) : begin(sender, () => runner.startBringIn(folder));
    },
    'export:cancel': () => {
      runner.cancel();
      return success(null);
    },
  };
}
