// A file is there whole or not at all, whatever dies when.
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes beside the target, flushes to the disk, renames, and flushes the folder, so that the name survives a
 * loss of power too. Makes the folder where it is missing.
 *
 * @param mode of a new file, such as 0o600; by default as the system has it.
 */
export async function writeAtomically(file: string, bytes: Uint8Array, mode?: number): Promise<void> {
  const made = await put(file, bytes, (handle) => handle.sync(), mode);
  await syncFolder(path.dirname(file));
  if (made !== undefined) await syncFolder(path.dirname(made));
}

/**
 * Writes beside the target and renames. The file outlives the death of any process from then on, and a loss of power
 * once `flush` has been through; a loss of power before that can leave it short or empty under its name.
 */
export async function place(file: string, bytes: Uint8Array): Promise<void> {
  await put(file, bytes, async () => {});
}

/** Flushes a file that has been placed to the disk, with its name and its folder's, which may be new too. */
export async function flush(file: string): Promise<void> {
  const folder = path.dirname(file);
  await Promise.all([syncFile(file), syncFolder(folder), syncFolder(path.dirname(folder))]);
}

/** @returns the first folder that had to be made, if any. */
async function put(
  file: string,
  bytes: Uint8Array,
  beforeClosing: (handle: FileHandle) => Promise<void>,
  mode?: number,
): Promise<string | undefined> {
  const made = await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.part`;
  try {
    const handle = await open(temporary, 'w', mode);
    try {
      await handle.writeFile(bytes);
      await beforeClosing(handle);
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    return made;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Makes sure that what is in a file is so after a loss of power too. */
export async function syncFile(file: string): Promise<void> {
  // Windows flushes only what is open for writing.
  await sync(file, 'r+');
}

/** Makes sure that names which came or went in a folder are so after a loss of power too. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows has no handle to a folder; its file system orders a rename by itself.
  if (process.platform !== 'win32') await sync(folder, 'r');
}

async function sync(target: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(target, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
