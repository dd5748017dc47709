// Allows one set-up at a time: a lock folder with its holder and a heartbeat, taken over when the holder has died.

import { mkdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeWhole } from './manifest.mjs';
import { say } from './report.mjs';

const heartbeatMs = 2_000;
const silentMs = 60_000;

/**
 * Runs `work` while no other process holds the lock.
 * @template T
 * @param {string} folder the lock, which is created and removed
 * @param {(shareLockWith: (pid: number) => void) => Promise<T>} work calls `shareLockWith` for each program that it runs:
 *   if this process is killed, the lock is held until that program has exited too
 * @returns {Promise<T>}
 */
export async function withLock(folder, work) {
  await mkdir(dirname(folder), { recursive: true });
  await take(folder);
  const pids = [process.pid];
  const shareLockWith = (pid) => {
    pids.push(pid);
    void writeHolder(folder, pids).catch(() => {});
  };
  const heartbeat = setInterval(
    () => void utimes(folder, new Date(), new Date()).catch(() => {}),
    heartbeatMs,
  );
  try {
    return await work(shareLockWith);
  } finally {
    clearInterval(heartbeat);
    await rm(folder, { recursive: true, force: true });
  }
}

async function take(folder) {
  let told = false;
  for (;;) {
    try {
      await mkdir(folder);
      await writeHolder(folder, [process.pid]);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const seen = await readLock(folder);
    if (seen && isStale(seen, { now: Date.now(), host: hostname(), isAlive })) {
      await removeStale(folder, seen.holder);
      continue;
    }
    if (!told)
      say(
        `Waiting for another set-up to finish${seen?.holder ? ` (process ${seen.holder.pids.at(-1)})` : ''} …`,
      );
    told = true;
    await sleep(250);
  }
}

function writeHolder(folder, pids) {
  return writeWhole(join(folder, 'holder.json'), JSON.stringify({ pids, host: hostname() }));
}

/** Returns the lock's holder and its last heartbeat; undefined if it has just been released. */
async function readLock(folder) {
  try {
    const { mtimeMs } = await stat(folder);
    const holder = await readFile(join(folder, 'holder.json'), 'utf8').then(JSON.parse, () => undefined);
    return { holder, signMs: mtimeMs };
  } catch {
    return undefined;
  }
}

/**
 * Returns whether a lock's holder is gone: its processes have exited on this machine, or its heartbeat stopped a
 * minute ago (another container or machine with the same home folder; a reused process id).
 * @param {{ holder?: { pids: number[], host: string }, signMs: number }} seen
 * @param {{ now: number, host: string, isAlive: (pid: number) => boolean }} world
 */
export function isStale({ holder, signMs }, { now, host, isAlive }) {
  if (now - signMs > silentMs) return true;
  return holder !== undefined && holder.host === host && !holder.pids.some(isAlive);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Removes a stale lock. If another process has replaced it meanwhile, restores the new one. */
async function removeStale(folder, staleHolder) {
  const aside = `${folder}.stale-${process.pid}`;
  try {
    await rename(folder, aside);
    const moved = await readLock(aside);
    if (JSON.stringify(moved?.holder) !== JSON.stringify(staleHolder)) {
      await rename(aside, folder);
      return;
    }
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  await rm(aside, { recursive: true, force: true });
}
