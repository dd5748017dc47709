// A small disk that fills up at some point of a picture's way, and has room again later.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { launch } from '../harness/launch';
import type { Random } from '../harness/random';
import type { GoogleServer } from '../servers/google-server';
import { type Note, problems, read, settled } from './checks';
import { environmentFor, send } from './harness';

/** How a picture may end that did not fit on the disk. Its bytes are kept where they had arrived. */
const mayEndAs = ['failed: picture_not_stored'];

/** A small disk of its own for a data folder. @returns why there is none, or null. Only root may mount. */
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

/** Writes until `leave` bytes are left. */
export function fillDisk(file: string, leave = 0): void {
  const handle = openSync(file, 'w');
  try {
    const { bavail, bsize } = statfsSync(path.dirname(file));
    const wanted = Math.max(0, Math.floor((bavail * bsize - leave) / 4096));
    for (let block = 0; block < wanted; block += 1) writeSync(handle, Buffer.alloc(4096, 1));
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
  /** Told what became of the picture that was asked for on the full disk. */
  note: Note;
};

/** How much is left: from nothing to enough for the row and a part of the picture. */
const maxLeft = 2 * 1024 * 1024;

/**
 * Fills the disk, asks for a picture, makes room again, sometimes after a kill.
 *
 * @returns what is wrong afterwards, in words.
 */
export async function fillDiskOnce({ disk, google, random, prompt, note }: FullDiskTrial): Promise<string[]> {
  const env = environmentFor(google);
  const ballast = path.join(disk, 'ballast');
  const first = await launch({ dataFolder: disk, env });
  const acknowledged: string[] = [];
  let onFull: string[] = [];
  try {
    acknowledged.push(...(await send(first.page, `${prompt}, before`)));
    await settled(disk);
    fillDisk(ballast, random() < 0.3 ? 0 : random() * maxLeft);
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
    await settled(disk);
  } finally {
    await second.quit();
  }
  const [picture] = read(disk, `SELECT status FROM messages WHERE kind = 'image' AND id = '${onFull[1]}'`);
  note(picture ? String(picture['status']) : 'refused');
  return problems(disk, acknowledged, google, mayEndAs);
}
