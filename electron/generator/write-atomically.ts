// A file is there whole or not at all, whatever dies when.
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes beside the target, flushes to the disk, renames, and flushes the folder, so that the name survives a
 * loss of power too. Makes the folder where it is missing.
 */
export async function writeAtomically(file: string, bytes: Uint8Array): Promise<void> {
  await placeAtomically(file, bytes);
  await syncFolder(path.dirname(file));
}

/**
 * As `writeAtomically`, but for the last step: the file outlives the death of any process, and a loss of power once
 * its folder has been flushed by `syncFolder`.
 */
export async function placeAtomically(file: string, bytes: Uint8Array): Promise<void> {
  const made = await mkdir(path.dirname(file), { recursive: true });
  if (made !== undefined) await syncFolder(path.dirname(made));
  const temporary = `${file}.part`;
  try {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Flushes the names in a folder to the disk. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows has no handle to a folder; its file system orders a rename by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
