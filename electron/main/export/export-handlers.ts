// Answers requests to export pictures.
import path from 'node:path';
import { app } from 'electron';
import type { exportRequests } from '../../../shared/contract/export';
import { success } from '../../../shared/domain/errors';
import type { HandlersOf } from '../ipc/handlers';
import { showOpenDialog, showSaveDialog } from '../window/dialogs';
import { formatDay } from './export-file-names';
import { createExportRunner, type ExportContext } from './run-export';
import { type CopyContext, saveCopies } from './save-copy';

const exportWords = { title: 'Export into a folder', buttonLabel: 'Export here' };
const bringInWords = { title: 'Choose the folder of an export', buttonLabel: 'Bring in' };
const saveWords = { title: 'Save into a folder', buttonLabel: 'Save here' };

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
    const defaultPath = path.join(app.getPath('documents'), `Afterimage ${formatDay(context.now())}.zip`);
    return showSaveDialog(sender, { title: 'Export as a zip file', defaultPath });
  }

  /** Returns the chosen folder, or null if the user closed the dialog. */
  async function chooseFolder(
    sender: Electron.WebContents,
    words: { title: string; buttonLabel: string },
  ): Promise<string | null> {
    const [folder] = await showOpenDialog(sender, {
      ...words,
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
