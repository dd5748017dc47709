// Measures a folder's size, as the progress of a download by a program that reports no progress.

import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Returns the bytes in a folder's files. Files that disappear meanwhile are ignored.
 * @param {string} folder
 */
export async function folderBytes(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      lstat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** @param {string} folder */
export async function folderMegabytes(folder) {
  return Math.round((await folderBytes(folder)) / 1e6);
}
