// Synchronous atomic writes, for code that runs before the database is open or while the process is ending.
import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { renameReplacingSync } from './rename-replacing';

/**
 * Writes a file under a temporary name and renames it, so that a reader finds the old content or the new one.
 *
 * @param isDurable flushes the file and its name to the disk; false for content that a power loss may take.
 */
export function writeAtomicallySync(file: string, text: string, { isDurable = true } = {}): void {
  const temporary = `${file}.part`;
  writeFileSync(temporary, text);
  if (isDurable) renameDurablySync(temporary, file);
  else renameReplacingSync(temporary, file);
}

/** Flushes `from` to disk and renames it to `to`, replacing an existing file. */
export function renameDurablySync(from: string, to: string): void {
  flushFileSync(from);
  renameReplacingSync(from, to);
  flushFolderSync(path.dirname(to));
}

/** Flushes a folder, so that names added to it or removed from it survive a power loss. */
export function flushFolderSync(folder: string, platform: NodeJS.Platform = process.platform): void {
  // Windows has no handles to folders; NTFS orders renames itself.
  if (platform !== 'win32') flushSync(folder, 'r');
}

function flushFileSync(file: string): void {
  // Windows flushes only files that are open for writing.
  flushSync(file, 'r+');
}

function flushSync(target: string, flags: 'r' | 'r+'): void {
  const handle = openSync(target, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
