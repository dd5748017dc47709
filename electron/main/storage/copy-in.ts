// Brings a file of the person's into the data folder: whole or not at all, whatever dies when.
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Writes beside the target, flushes, renames, and flushes the folder. A `.part` left by a crash is reconciled. */
export async function writeIn(target: string, bytes: Uint8Array, mode = 0o666): Promise<void> {
  const folder = path.dirname(target);
  await mkdir(folder, { recursive: true });
  const temporary = `${target}.part`;
  try {
    const handle = await open(temporary, 'w', mode);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** Makes sure that names which came or went in a folder are so after a loss of power too. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows has no handle to a folder; its file system orders changes of names by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
