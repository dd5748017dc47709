// One set-up at a time: a lock folder with its holder's name and heartbeat, taken over when the holder has died.

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
 * @param {string} folder the lock; it is made and removed
 * @param {(alsoHeldBy: (pid: number) => void) => Promise<T>} work calls `alsoHeldBy` for a program it runs: should
 *   this process be killed and leave that program working on alone, the lock holds until it too has ended
 * @returns {Promise<T>}
 */
export async function withLock(folder, work) {
  await mkdir(dirname(folder), { recursive: true });
  await take(folder);
  const pids = [process.pid];
  const alsoHeldBy = (pid) => {
    pids.push(pid);
    void writeHolder(folder, pids).catch(() => {});
  };
  const heartbeat = setInterval(
    () => void utimes(folder, new Date(), new Date()).catch(() => {}),
    heartbeatMs,
  );
  try {
    return await work(alsoHeldBy);
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
    const seen = await look(folder);
    if (seen && isStale(seen, { now: Date.now(), host: hostname(), isAlive })) {
      await takeAway(folder, seen.holder);
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

/** Who holds the lock and when it last gave a sign of life; undefined when it has just been let go. */
async function look(folder) {
  try {
    const { mtimeMs } = await stat(folder);
    const holder = await readFile(join(folder, 'holder.json'), 'utf8').then(JSON.parse, () => undefined);
    return { holder, signMs: mtimeMs };
  } catch {
    return undefined;
  }
}

/**
 * Whether a lock's holder is gone: its processes have ended on this machine, or it has been silent for a minute
 * (another container or machine with the same home folder; a process id used again).
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

/** Removes a stale lock. Another waiter may have replaced it meanwhile: then what was moved away is put back. */
async function takeAway(folder, staleHolder) {
  const aside = `${folder}.stale-${process.pid}`;
  try {
    await rename(folder, aside);
    const moved = await look(aside);
    if (JSON.stringify(moved?.holder) !== JSON.stringify(staleHolder)) {
      await rename(aside, folder);
      return;
    }
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  await rm(aside, { recursive: true, force: true });
}
