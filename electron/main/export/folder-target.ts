// Exports into a new folder.
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { renameReplacing } from '../../files/rename-replacing';
import { type ExportTarget, tryFlushFolder } from './export-target';

/** @param folder path of the new folder, which must not exist. */
export async function createFolderTarget(folder: string): Promise<ExportTarget> {
  const partialPath = `${folder}.part`;
  await mkdir(partialPath);
  return {
    partialPath,
    async add(name, chunks) {
      await mkdir(path.dirname(path.join(partialPath, name)), { recursive: true });
      const handle = await open(path.join(partialPath, name), 'wx');
      try {
        for (const chunk of chunks) await handle.writeFile(chunk);
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
    async finish() {
      await tryFlushFolder(partialPath);
      await renameReplacing(partialPath, folder);
      await tryFlushFolder(path.dirname(folder));
    },
    discard: () => rm(partialPath, { recursive: true, force: true }),
  };
}
