// Controls the strict sd-server in tests: writes its program into a folder, sets its options, and reads its log.
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Options of the program; see sd-server/program.mjs. Without an option, it behaves like the real server. */
export type SdServerOptions = {
  version?: string;
  /** Time until the server answers (ms). */
  startMs?: number;
  start?: 'hang' | 'no-library' | 'no-memory' | 'old-api';
  exitAtStart?: number;
  /** Ends itself with this signal at the start, as after a bug or on an old processor. */
  signalAtStart?: 'SIGSEGV' | 'SIGILL';
  /** Time of a picture (ms). */
  jobMs?: number;
  /** Keeps generating until it is false again. */
  hold?: boolean;
  /** Fails the picture with this message. */
  fail?: string;
  crashWhileGenerating?: 'exit' | 'abort' | 'no-memory';
  /** Whether a running picture can be cancelled, which released versions do not support. */
  canCancel?: boolean;
};

export type SdServerEvent = { event: string; pid: number; [fact: string]: unknown };

const program = path.join(process.cwd(), 'tests/servers/sd-server/program.mjs');

/** Returns the program as one executable file. It runs on the Node that runs the test. */
export function sdServerScript(node = process.execPath): string {
  return `#!/bin/sh\nSD_SERVER_SELF="$0" exec ${quote(node)} ${quote(program)} "$@"\n`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** @param folder for `build/sd-server`, its options and its log. */
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
    /** The environment of the process, or of the app that starts it. */
    env: { SD_SERVER_OPTIONS: optionsFile, SD_SERVER_LOG: logFile },
    /** Takes effect at once, even in a running program. */
    set(options: SdServerOptions): void {
      // Replaced by a rename, because the program may be reading the file.
      writeFileSync(`${optionsFile}.part`, JSON.stringify(options));
      renameSync(`${optionsFile}.part`, optionsFile);
    },
    /** The events of all processes, in order. */
    events,
    /** The ids of started processes that still exist. */
    alive: (): number[] => [...new Set(events('start').map(({ pid }) => pid))].filter(isAlive),
  };
}

/** Returns whether a process exists and has not ended. A zombie has ended: its parent has only not noticed yet. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
