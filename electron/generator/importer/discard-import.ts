// Removes the files that a failed import left in the data folder.
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { arrivedFile } from '../../../shared/domain/picture-files';

/** Removes every file of a picture that has no row. */
export async function discardImport(dataFolder: string, id: string): Promise<void> {
  const folder = path.dirname(path.join(dataFolder, arrivedFile(id)));
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((name) => name.startsWith(`${id}.`))) {
    await rm(path.join(folder, name), { force: true });
  }
}
