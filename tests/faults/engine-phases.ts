// Shared parts of the engine's fault trials: its phases, processes that outlive an app, and the files that a server
// has used.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { killProcess } from '../harness/kill-process';
import type { Running } from '../harness/launch';
import type { Random } from '../harness/random';
import { type createSdServer, isAlive, type SdServerEvent } from '../servers/sd-server';
import type { Note } from './checks';
import { holdsInTime } from './wait-until';

export type Program = ReturnType<typeof createSdServer>;

export type EngineTrial = {
  /** Empty, or used by an earlier trial. */
  dataFolder: string;
  random: Random;
  prompt: string;
  note: Note;
};

/** Counts a kill, with the actual phase in which it came. */
export type Hit = (what: string, where: string) => void;

/** In order of occurrence. */
export const phases = ['download', 'verification', 'start', 'generation'] as const;
export type Phase = (typeof phases)[number];

/** Returns the phase after a program's last event since a message was sent. */
export function phaseAfter(events: readonly SdServerEvent[]): Phase | 'later' {
  switch (events.at(-1)?.event) {
    case undefined:
      return 'verification';
    case 'start':
      return 'start';
    case 'listening':
    case 'generate':
      return 'generation';
    default:
      return 'later';
  }
}

/** Returns the number of bytes of unfinished downloads in a data folder. */
export function partialBytes(dataFolder: string): number {
  const folder = path.join(dataFolder, 'engine', 'partial');
  try {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names
      .filter((name) => name.endsWith('.part'))
      .reduce(
        (sum, name) => sum + (statSync(path.join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
        0,
      );
  } catch {
    return 0;
  }
}

/** Returns the problems of servers that were started with a program or a model that was not verified. */
export function unverifiedFiles(starts: readonly SdServerEvent[], verified: readonly string[]): string[] {
  return starts.flatMap(({ pid, sha256 }) => {
    const used = Array.isArray(sha256) ? sha256 : [];
    // The program itself and at least one file of the model are expected.
    if (used.length < 2) return [`server ${pid} did not say which files it used`];
    return used.every((hash) => verified.includes(hash))
      ? []
      : [`server ${pid} used a file that nobody verified`];
  });
}

/**
 * Returns the ids of all processes that belong to a data folder: those of the app, its helpers and its server. They
 * have the folder in their environment.
 */
function processesOf(dataFolder: string): number[] {
  const variable = `AFTERIMAGE_DATA_DIR=${dataFolder}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(variable))
    .map(Number);
}

function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    // The process has ended.
    return [];
  }
}

/** Returns the names of the processes of a data folder that have not ended after a while. */
export async function orphansOf(dataFolder: string): Promise<string[]> {
  const isThere = () => processesOf(dataFolder).filter(isAlive);
  await holdsInTime(() => isThere().length === 0);
  return isThere().map((pid) => nameOf(pid));
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').slice(0, 200);
  } catch {
    return String(pid);
  }
}

/** Quits the app, and kills any leftover processes. @returns a problem for each of them. */
export async function quitAndCheck(
  running: Running,
  dataFolder: string,
  program: Pick<Program, 'alive'>,
): Promise<string[]> {
  await running.electron.close();
  const orphans = await orphansOf(dataFolder);
  await running.kill();
  for (const pid of program.alive()) killProcess(pid);
  return orphans.map((name) => `a process is left after quitting: ${name}`);
}
