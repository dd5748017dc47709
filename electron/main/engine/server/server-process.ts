// One process of sd-server: how it is started, what is known while it runs, and how it has ended.
import { spawn } from 'node:child_process';
import path from 'node:path';
import type { EndWithApp } from './end-with-app';
import type { ProcessTable } from './process-table';
import type { RunningRecord } from './running-record';
import { type ProgressBar, watchOutput } from './server-output';

export type ServerEnd = {
  /** Null if a signal ended it, or if it could not be started at all. */
  exitCode: number | null;
  signal: string | null;
  /** Why it could not be started, such as `EACCES`. */
  startError: string | null;
  /** Whether `kill` was called. */
  wasAsked: boolean;
  ranOutOfMemory: boolean;
  /** The name of the library that the system's loader did not find. */
  missingLibrary: string | null;
};

export type ServerProcess = {
  /** Resolves when the process is gone. */
  ended: Promise<ServerEnd>;
  /** Whether the output has reported a lack of memory. */
  ranOutOfMemory: () => boolean;
  /** Ends the process at once: it has nothing to save. */
  kill: () => void;
};

export type StartOptions = {
  executable: string;
  args: readonly string[];
  /** The environment, without keys. */
  env: Readonly<Record<string, string>>;
  platform: NodeJS.Platform;
  endWithApp: EndWithApp;
  table: ProcessTable;
  record: RunningRecord;
  log: (line: string) => void;
  onProgress: (bar: ProgressBar) => void;
};

const maxLastOutputMs = 1_000;

/** Starts a process. The record is written before, so that a killed app finds it in any case. */
export function startServerProcess(options: StartOptions): ServerProcess {
  const { executable, args, platform, endWithApp, table, record, log, onProgress } = options;
  record.write({ pid: null, start: null, arguments: [...args] });
  const wrapped = endWithApp.wrap(executable, args);
  const child = spawn(wrapped.command, wrapped.args, {
    cwd: path.dirname(executable),
    env: withLibraries(options.env, path.dirname(executable), platform),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    // A group of its own: an `sd-server` of the user's own may be a script that starts the real one.
    detached: platform !== 'win32',
  });
  const output = watchOutput(child, { log, progress: onProgress });
  const { pid } = child;
  let wasAsked = false;
  let hasEnded = false;
  let endWatch = () => {};
  if (pid !== undefined) {
    record.write({ pid, start: null, arguments: [...args] });
    endWatch = endWithApp.watch(pid);
    void table.startOf(pid).then((start) => {
      // The record may by now be that of another process.
      if (!hasEnded && start !== null) record.write({ pid, start, arguments: [...args] });
    });
  }

  const ended = new Promise<ServerEnd>((resolve) => {
    const finish = (end: Pick<ServerEnd, 'exitCode' | 'signal' | 'startError'>) => {
      if (hasEnded) return;
      hasEnded = true;
      endWatch();
      killGroup(pid, platform);
      record.remove();
      resolve({ ...end, wasAsked, ...output.signs() });
    };
    child.once('error', (error) => {
      if (pid === undefined) finish({ exitCode: null, signal: null, startError: codeOf(error) });
    });
    // `close` comes after the last line of the output, which says why the process ended; unless a child has inherited it.
    child.once('close', (exitCode, signal) => finish({ exitCode, signal, startError: null }));
    child.once('exit', (exitCode, signal) => {
      setTimeout(() => finish({ exitCode, signal, startError: null }), maxLastOutputMs).unref();
    });
  });
  return {
    ended,
    ranOutOfMemory: () => output.signs().ranOutOfMemory,
    kill() {
      wasAsked = true;
      killGroup(pid, platform);
      child.kill('SIGKILL');
    },
  };
}

/** Ends what the process may have started itself. On Windows, the app's job does that at its end. */
function killGroup(pid: number | undefined, platform: NodeJS.Platform): void {
  try {
    if (pid !== undefined && platform !== 'win32') process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}

/** The libraries of a build are beside its program. Windows looks there by itself. */
function withLibraries(
  env: Readonly<Record<string, string>>,
  folder: string,
  platform: NodeJS.Platform,
): Record<string, string> {
  const name = platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  if (platform === 'win32') return { ...env };
  return { ...env, [name]: [folder, env[name]].filter(Boolean).join(':') };
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : error.message;
}
