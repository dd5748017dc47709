// Fills a small disk while a picture is generated, then frees it again.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { launch } from '../harness/launch';
import type { Random } from '../harness/random';
import type { GoogleServer } from '../servers/google-server';
import { findProblems, type Note, read, waitUntilSettled } from './checks';
import { environmentFor, send } from './harness';

/** The final state of a picture that did not fit on the disk. Its bytes are kept if they had arrived. */
const allowedEndings = ['failed: picture_not_stored'];

/** Mounts a small disk for a data folder; only root may mount. @returns the error, or null if it is mounted. */
export function mountSmallDisk(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder], { stdio: 'pipe' });
    return null;
  } catch (error) {
    return String(error);
  }
}

export function unmountSmallDisk(folder: string): void {
  execFileSync('umount', ['-l', folder]);
}

/** Fills the disk until `leave` bytes are free. */
export function fillDisk(file: string, leave = 0): void {
  const handle = openSync(file, 'w');
  try {
    const { bavail, bsize } = statfsSync(path.dirname(file));
    const blocks = Math.max(0, Math.floor((bavail * bsize - leave) / 4096));
    for (let block = 0; block < blocks; block += 1) writeSync(handle, Buffer.alloc(4096, 1));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(handle);
  }
}

export type FullDiskTrial = {
  disk: string;
  google: GoogleServer | null;
  random: Random;
  prompt: string;
  /** Counts the final status of the picture that was requested on the full disk. */
  note: Note;
};

/** Maximum number of bytes that stay free, which is enough for the row and a part of the picture. */
const maxFreeBytes = 2 * 1024 * 1024;

/**
 * Fills the disk, requests a picture and frees the disk again; in half of the trials, kills the app in between.
 *
 * @returns the problems found afterwards.
 */
export async function fillDiskOnce({ disk, google, random, prompt, note }: FullDiskTrial): Promise<string[]> {
  const env = environmentFor(google);
  const ballast = path.join(disk, 'ballast');
  const first = await launch({ dataFolder: disk, env });
  const acknowledged: string[] = [];
  let onFull: string[] = [];
  try {
    acknowledged.push(...(await send(first.page, `${prompt}, before`)));
    await waitUntilSettled(disk);
    fillDisk(ballast, random() < 0.3 ? 0 : random() * maxFreeBytes);
    onFull = await send(first.page, `${prompt}, full`);
    acknowledged.push(...onFull);
    await wait(random() * 1_000);
    if (random() < 0.5) await first.kill();
  } finally {
    rmSync(ballast, { force: true });
    await first.kill();
  }
  const second = await launch({ dataFolder: disk, env });
  try {
    acknowledged.push(...(await send(second.page, `${prompt}, after`)));
    await waitUntilSettled(disk);
  } finally {
    await second.quit();
  }
  const [picture] = read(disk, `SELECT status FROM messages WHERE kind = 'image' AND id = '${onFull[1]}'`);
  note(picture ? String(picture['status']) : 'refused');
  return findProblems(disk, acknowledged, google, allowedEndings);
}
