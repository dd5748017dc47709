// The strict sd-server as tests use it: writes its program into a folder, tells it what to do, and reads what it did.
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What the program does; see sd-server/program.mjs. An absent option is as the real server does it. */
export type SdServerOptions = {
  version?: string;
  /** Time until it answers (ms). */
  startMs?: number;
  start?: 'hang' | 'no-library' | 'no-memory' | 'old-api';
  exitAtStart?: number;
  /** Ends itself so when it starts, as after a bug or on an old processor. */
  signalAtStart?: 'SIGSEGV' | 'SIGILL';
  /** Time for a picture (ms). */
  jobMs?: number;
  /** Goes on generating until it is false again. */
  hold?: boolean;
  /** The picture fails with this message. */
  fail?: string;
  crashWhileGenerating?: 'exit' | 'abort' | 'no-memory';
  /** Whether a picture that is being made can be cancelled. The released versions cannot. */
  canCancel?: boolean;
};

export type SdServerEvent = { event: string; pid: number; [fact: string]: unknown };

const program = path.join(process.cwd(), 'tests/servers/sd-server/program.mjs');

/** The program as one file that the system executes. It runs on the Node that runs the test. */
export function sdServerScript(node = process.execPath): string {
  return `#!/bin/sh\nSD_SERVER_SELF="$0" exec ${quote(node)} ${quote(program)} "$@"\n`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** @param folder gets `build/sd-server`, its options and what it writes down. */
export function createSdServer(folder: string) {
  const executable = path.join(folder, 'build', 'sd-server');
  const optionsFile = path.join(folder, 'options.json');
  const logFile = path.join(folder, 'events.jsonl');
  mkdirSync(path.dirname(executable), { recursive: true });
  writeFileSync(executable, sdServerScript());
  chmodSync(executable, 0o755);

  function events(name?: string): SdServerEvent[] {
    if (!existsSync(logFile)) return [];
    const lines = readFileSync(logFile, 'utf8').split('\n').slice(0, -1);
    const all = lines.map((line): SdServerEvent => JSON.parse(line));
    return name === undefined ? all : all.filter(({ event }) => event === name);
  }

  return {
    executable,
    /** For the process, or for the app that starts it. */
    env: { SD_SERVER_OPTIONS: optionsFile, SD_SERVER_LOG: logFile },
    /** Takes effect at once, also in a program that runs. */
    set(options: SdServerOptions): void {
      // By a rename, because the program may be reading it.
      writeFileSync(`${optionsFile}.part`, JSON.stringify(options));
      renameSync(`${optionsFile}.part`, optionsFile);
    },
    /** What happened, in order, over all processes. */
    events,
    /** The ids of the processes that were started and still exist. */
    alive: (): number[] => [...new Set(events('start').map(({ pid }) => pid))].filter(isAlive),
  };
}

/** Returns whether a process exists and has not ended. A zombie has: its parent only has not noticed. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
