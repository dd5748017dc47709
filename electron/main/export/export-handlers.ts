// Answers requests to export pictures.

import path from 'node:path';
import { app } from 'electron';
import type { exportRequests } from '../../../shared/contract/export';
import { type Result, success } from '../../../shared/domain/errors';
import type { MessageId } from '../../../shared/languages/en';
import { t } from '../../../shared/languages/translate';
import type { HandlersOf } from '../ipc/handlers';
import { showFolderDialog, showOpenDialog, showSaveDialog } from '../window/dialogs';
import { formatDay } from './export-file-names';
import { createExportRunner, type ExportContext } from './run-export';
import { type CopyContext, saveCopies } from './save-copy';

type FolderWords = { title: MessageId; buttonLabel: MessageId };
const exportWords: FolderWords = { title: 'desktop.export_title', buttonLabel: 'desktop.export_here' };
const importWords: FolderWords = { title: 'desktop.import_title', buttonLabel: 'desktop.import' };
const saveWords: FolderWords = { title: 'desktop.save_title', buttonLabel: 'desktop.save_here' };

/**
 * @param outbox drained before an export, because the gallery may not have a new picture yet.
 * @param onStart called with the page that starts an export and shows its progress.
 */
export function createExportHandlers(
  context: ExportContext & CopyContext,
  outbox: { drainAll: () => void },
  onStart: (page: Electron.WebContents) => void,
): HandlersOf<typeof exportRequests> {
  const runner = createExportRunner(context);

  /** One export runs at a time. A second one is refused, and the first stays with its window. */
  function begin<Value>(sender: Electron.WebContents, run: () => Promise<Value>): Promise<Value> {
    if (!runner.isRunning()) onStart(sender);
    return run();
  }

  /** Returns the zip file to write, or null if the user closed the dialog. */
  function chooseZip(sender: Electron.WebContents): Promise<Result<string | null>> {
    // Not shown: the name of the app and a date.
    const defaultPath = path.join(app.getPath('documents'), `Afterimage ${formatDay(context.now())}.zip`);
    const options = { title: t('desktop.export_zip_title'), defaultPath };
    return showSaveDialog(sender, options, context.dataFolder);
  }

  /** Returns the folder to write to, or null if the user closed the dialog. */
  function chooseFolder(sender: Electron.WebContents, words: FolderWords): Promise<Result<string | null>> {
    return showFolderDialog(sender, inLanguage(words), context.dataFolder);
  }

  return {
    'export:start': async ({ imageIds, as }, { sender }) => {
      outbox.drainAll();
      const target = await (as === 'zip' ? chooseZip(sender) : chooseFolder(sender, exportWords));
      return withTarget(target, (path) => begin(sender, () => runner.start(imageIds, as, path)));
    },
    'export:save-copies': async ({ imageIds }, { sender }) => {
      outbox.drainAll();
      const folder = await chooseFolder(sender, saveWords);
      return withTarget(folder, (path) => saveCopies(context, imageIds, path));
    },
    'export:everything': async (_, { sender }) => {
      outbox.drainAll();
      const folder = await chooseFolder(sender, exportWords);
      return withTarget(folder, (path) => begin(sender, () => runner.startArchive(path)));
    },
    'export:bring-in': async (_, { sender }) => {
      const [folder] = await showOpenDialog(sender, {
        ...inLanguage(importWords),
        properties: ['openDirectory'],
      });
      return folder === undefined ? success(null) : begin(sender, () => runner.startArchiveImport(folder));
    },
    'export:cancel': () => {
      runner.cancel();
      return success(null);
    },
  };
}

function inLanguage({ title, buttonLabel }: FolderWords) {
  return { title: t(title), buttonLabel: t(buttonLabel) };
}

/** Runs `run` with the path that the user chose; does nothing if they closed the dialog. */
async function withTarget<Value>(
  target: Result<string | null>,
  write: (path: string) => Promise<Result<Value>>,
): Promise<Result<Value | null>> {
  if (!target.ok) return target;
  return target.value === null ? success(null) : write(target.value);
}
