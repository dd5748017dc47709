// Finds out why Chromium did not give this process the single-instance lock of a data folder.
import { mkdtempSync, readlinkSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Why the lock was refused:
 *
 * - `second`: another process of this app on this computer holds it, and has received this start's arguments.
 * - `no_links`: the folder is writable, but its file system has no symbolic links, and the lock is one.
 * - `unwritable`: no file could be created in the folder; `error` says why.
 * - `no_temporary`: nothing could be created in the temporary folder, which holds the lock's socket.
 * - `unknown`: none of these.
 */
export type Refusal =
  | { kind: 'second' | 'no_links' | 'no_temporary' | 'unknown' }
  | { kind: 'unwritable'; error: unknown };

export type Surroundings = {
  host: string;
  platform: NodeJS.Platform;
  /** The path of this program. */
  program: string;
  /** The folder for temporary files. */
  temporary: string;
};

/**
 * Call after `app.requestSingleInstanceLock()` returned false, which also happens when the lock cannot be created.
 *
 * On Linux and macOS the lock is the symbolic link `SingletonLock` to `<host>-<process id>`:
 * https://source.chromium.org/chromium/chromium/src/+/main:chrome/browser/process_singleton_posix.cc
 */
export function explainRefusedLock(folder: string, around: Surroundings = surroundings()): Refusal {
  const holder = around.platform === 'win32' ? null : readHolder(folder);
  if (holder?.host === around.host && isThisProgram(holder.processId, around.program))
    return { kind: 'second' };
  try {
    createAndRemove(folder, (file) => writeFileSync(file, '', { flag: 'wx' }));
  } catch (error) {
    return { kind: 'unwritable', error };
  }
  // On Windows, the lock is a hidden window, not a link.
  if (around.platform === 'win32') return { kind: 'second' };
  try {
    createAndRemove(folder, (file) => symlinkSync('nowhere', file));
  } catch {
    return { kind: 'no_links' };
  }
  try {
    rmdirSync(mkdtempSync(path.join(around.temporary, 'afterimage-')));
  } catch {
    return { kind: 'no_temporary' };
  }
  return { kind: 'unknown' };
}

function surroundings(): Surroundings {
  const { platform, execPath } = process;
  return { host: hostname(), platform, program: execPath, temporary: tmpdir() };
}

function createAndRemove(folder: string, create: (file: string) => void): void {
  const file = path.join(folder, `write-test-${process.pid}.part`);
  rmSync(file, { force: true });
  create(file);
  rmSync(file, { force: true });
}

/** Returns null if there is no lock. Host names may contain hyphens. */
function readHolder(folder: string): { host: string; processId: number } | null {
  try {
    const [, host, processId] = /^(.+)-(\d+)$/.exec(readlinkSync(path.join(folder, 'SingletonLock'))) ?? [];
    return host === undefined ? null : { host, processId: Number(processId) };
  } catch {
    return null;
  }
}

/** Returns whether a process runs this program: after a reboot, another process may have its id. */
function isThisProgram(processId: number, program: string): boolean {
  try {
    process.kill(processId, 0);
  } catch (error) {
    // EPERM: the process belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  try {
    // An update replaces the file of a running program.
    const running = readlinkSync(`/proc/${processId}/exe`).replace(/ \(deleted\)$/, '');
    return path.basename(running) === path.basename(program);
  } catch {
    // macOS has no /proc.
    return true;
  }
}
