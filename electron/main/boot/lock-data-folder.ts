// Ensures that only one process uses a data folder.

import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { app } from 'electron';
import { sentence } from '../../../shared/languages/sentence';
import { CannotStart } from './cannot-start';
import { explainRefusedLock } from './lock-holder';
import { instanceData } from './single-instance';

const userId = process.getuid?.() ?? 0;

/**
 * Locks the data folder until this process ends, however it ends.
 *
 * @returns false if another process of the app has it. That process has received this start's arguments.
 * @throws CannotStart or the file system's error, if the lock cannot be taken at all.
 */
export function lockDataFolder(folder: string): boolean {
  if (app.requestSingleInstanceLock(instanceData())) return true;
  const refusal = explainRefusedLock(folder);
  switch (refusal.kind) {
    case 'second':
      return false;
    case 'unwritable':
      throw refusal.error;
    case 'no_links':
      return lockElsewhere(folder);
    case 'no_temporary':
      throw new CannotStart(sentence('desktop.start_no_temporary', { folder: tmpdir() }));
    case 'unknown':
      // The process that held the lock may have exited meanwhile.
      if (app.requestSingleInstanceLock(instanceData())) return true;
      // Chromium also fails if it cannot replace the two links that it has beside the lock.
      throw new CannotStart(sentence('desktop.start_not_locked', { folder }));
  }
}

/**
 * Takes Chromium's lock in a folder of this user that has symbolic links, instead of the data folder. This locks out
 * later starts on this computer, but not on another computer that shares the disk.
 */
function lockElsewhere(folder: string): boolean {
  const lockFolder = lockFolderFor(folder);
  if (isOwnFolder(lockFolder)) {
    app.setPath('userData', lockFolder);
    try {
      if (app.requestSingleInstanceLock(instanceData())) return true;
    } finally {
      app.setPath('userData', folder);
    }
    if (explainRefusedLock(lockFolder).kind === 'second') return false;
  }
  throw new CannotStart(sentence('desktop.start_no_links', { folder, lockFolder }));
}

/** Returns the same path for every start of this user on this data folder. */
function lockFolderFor(folder: string): string {
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16);
  return path.join(tmpdir(), `afterimage-${userId}-${name}`);
}

/**
 * Creates the folder if needed. Returns false if another user owns it: any user can write to the temporary folder.
 */
function isOwnFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch {
    // It usually exists already. If it could not be created, `lstatSync` below finds nothing.
  }
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  return stats?.isDirectory() === true && stats.uid === userId && (stats.mode & 0o077) === 0;
}
