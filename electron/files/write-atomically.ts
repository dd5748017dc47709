// Atomic writes: after a crash at any point, a file has its old content or its new content.
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { renameReplacing } from './rename-replacing';

/**
 * Writes a file so that it survives a power loss too: writes a temporary file, flushes it, renames it and flushes the
 * folder. Creates missing folders.
 *
 * @param mode permissions of a new file, such as 0o600; by default those of the process's umask.
 */
export async function writeAtomically(file: string, bytes: Uint8Array, mode?: number): Promise<void> {
  const firstNewFolder = await writeAndRename(file, bytes, (handle) => handle.sync(), mode);
  // Each new folder is a name in the folder above.
  const last = path.dirname(firstNewFolder ?? file);
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    await flushFolder(folder);
    if (folder === last || folder === path.dirname(folder)) return;
  }
}

/**
 * Writes a temporary file and renames it, without flushing. The file survives a crash of any process at once, but until
 * `flushWithFolders` has finished, a power loss can leave it truncated or empty.
 */
export async function writeWithoutFlush(file: string, bytes: Uint8Array): Promise<void> {
  await writeAndRename(file, bytes, async () => {});
}

/**
 * Like `writeWithoutFlush` for several files. They are written in parallel but renamed in this order, so that a crash
 * leaves only the first ones.
 *
 * @param onNamed called after each file has its name, with its index.
 */
export async function writeInOrderWithoutFlush(
  files: readonly { file: string; bytes: Uint8Array }[],
  onNamed: (index: number) => void = () => {},
): Promise<void> {
  const written = await Promise.allSettled(
    files.map(({ file, bytes }) => writeTemporary(file, bytes, async () => {})),
  );
  try {
    for (const outcome of written) if (outcome.status === 'rejected') throw outcome.reason;
    for (const [index, { file }] of files.entries()) {
      await renameReplacing(temporaryOf(file), file);
      onNamed(index);
    }
  } catch (error) {
    await Promise.allSettled(files.map(({ file }) => rm(temporaryOf(file), { force: true })));
    throw error;
  }
}

/** Flushes a file, its folder and the folder above, because both folders may be new. */
export async function flushWithFolders(file: string): Promise<void> {
  const folder = path.dirname(file);
  await Promise.all([flushFile(file), flushFolder(folder), flushFolder(path.dirname(folder))]);
}

/** Returns the first folder that had to be created, if any. */
async function writeAndRename(
  file: string,
  bytes: Uint8Array,
  beforeClose: (handle: FileHandle) => Promise<void>,
  mode?: number,
): Promise<string | undefined> {
  const firstNewFolder = await writeTemporary(file, bytes, beforeClose, mode);
  try {
    await renameReplacing(temporaryOf(file), file);
    return firstNewFolder;
  } catch (error) {
    await rm(temporaryOf(file), { force: true });
    throw error;
  }
}

function temporaryOf(file: string): string {
  return `${file}.part`;
}

/** Removes the temporary file if it cannot be written. @returns the first folder that had to be created, if any. */
async function writeTemporary(
  file: string,
  bytes: Uint8Array,
  beforeClose: (handle: FileHandle) => Promise<void>,
  mode?: number,
): Promise<string | undefined> {
  const temporary = temporaryOf(file);
  const { handle, firstNewFolder } = await openWithFolders(temporary, mode);
  try {
    try {
      // One call, because a user is waiting for these bytes; `writeFile` makes one per 512 kB.
      for (let from = 0; from < bytes.length; ) from += (await handle.write(bytes, from)).bytesWritten;
      await beforeClose(handle);
    } finally {
      await handle.close();
    }
    return firstNewFolder;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Opens a file for writing, and creates its folder only if that fails, because the folder nearly always exists. */
async function openWithFolders(file: string, mode?: number) {
  try {
    return { handle: await open(file, 'w', mode), firstNewFolder: undefined };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    const firstNewFolder = await mkdir(path.dirname(file), { recursive: true });
    return { handle: await open(file, 'w', mode), firstNewFolder };
  }
}

/** Flushes the content of a file, so that it survives a power loss. */
export async function flushFile(file: string): Promise<void> {
  // Windows flushes only files that are open for writing.
  await flush(file, 'r+');
}

/** Flushes a folder, so that names added to it or removed from it survive a power loss. */
export async function flushFolder(
  folder: string,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  // Windows has no handles to folders; NTFS orders renames itself.
  if (platform !== 'win32') await flush(folder, 'r');
}

async function flush(target: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(target, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
