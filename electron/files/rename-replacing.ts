// Renames a file over another one, retrying while another program briefly has it open.
import { renameSync } from 'node:fs';
import { rename } from 'node:fs/promises';

/**
 * On Windows a rename fails while a virus scanner, the search indexer or a backup has either file open without sharing
 * it: `ERROR_ACCESS_DENIED` and `ERROR_SHARING_VIOLATION`, which libuv reports as these codes:
 * https://github.com/libuv/libuv/blob/v1.x/src/win/error.c
 */
const busyCodes: readonly unknown[] = ['EPERM', 'EBUSY', 'EACCES'];
/** Pauses between attempts (ms). Their sum is longer than a virus scan of one picture. */
const pausesMs = [5, 10, 20, 40, 80, 160, 320, 640];
/** Pauses for the synchronous variant, which blocks the main process (ms). */
const blockingPausesMs = [5, 10, 20, 40, 80];

type Rename<Result> = (from: string, to: string) => Result;

/** Platform-dependent and blocking parts, replaced in tests. The defaults are those of this process. */
export type RenameOptions = {
  platform?: NodeJS.Platform;
  rename?: Rename<Promise<void>>;
  pause?: (ms: number) => Promise<unknown>;
};

/** As `rename`, and retries on Windows while a file is in use. @throws the error of the last attempt. */
export async function renameReplacing(
  from: string,
  to: string,
  { platform = process.platform, rename: attempt = rename, pause = wait }: RenameOptions = {},
): Promise<void> {
  for (const ms of pausesMs) {
    try {
      return await attempt(from, to);
    } catch (error) {
      if (!isInUse(error, platform)) throw error;
    }
    await pause(ms);
  }
  return attempt(from, to);
}

export type SyncRenameOptions = {
  platform?: NodeJS.Platform;
  rename?: Rename<void>;
  pause?: (ms: number) => void;
};

/** As `renameReplacing`, for code that runs before there is a window or while the process is ending. */
export function renameReplacingSync(
  from: string,
  to: string,
  { platform = process.platform, rename: attempt = renameSync, pause = block }: SyncRenameOptions = {},
): void {
  for (const ms of blockingPausesMs) {
    try {
      attempt(from, to);
      return;
    } catch (error) {
      if (!isInUse(error, platform)) throw error;
    }
    pause(ms);
  }
  attempt(from, to);
}

function isInUse(error: unknown, platform: NodeJS.Platform): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return platform === 'win32' && busyCodes.includes(code);
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
