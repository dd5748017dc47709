// Makes a child process end with the app, also if the app is killed and can do nothing about it any more.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const setpriv = '/usr/bin/setpriv';

/** How a server is started so that it ends with the app; see docs/decisions/048-supervised-engine.md. */
export type EndWithApp = {
  /** Wraps a command line. The process keeps its id. */
  wrap: (command: string, args: readonly string[]) => { command: string; args: readonly string[] };
  /** Watches over a process that was started. @returns a function that ends the watch. */
  watch: (pid: number) => () => void;
};

const nothingToWatch = () => () => {};

/**
 * Linux's kernel ends a process with its parent if that was asked for (`setpriv --pdeathsig`). On Windows, libuv puts
 * every child into a job that ends with the app. Elsewhere a shell waits for the end of a pipe that only the app holds.
 */
export async function endWithApp(
  platform: NodeJS.Platform,
  helpOf: () => Promise<string> = async () => (await promisify(execFile)(setpriv, ['--help'])).stdout,
): Promise<EndWithApp> {
  const asGiven = { wrap: (command: string, args: readonly string[]) => ({ command, args }) };
  if (platform === 'win32') return { ...asGiven, watch: nothingToWatch };
  if (platform === 'linux' && existsSync(setpriv)) {
    const help = await helpOf().catch(() => '');
    if (help.includes('--pdeathsig')) {
      return {
        wrap: (command, args) => ({
          command: setpriv,
          args: ['--pdeathsig', 'KILL', '--', command, ...args],
        }),
        watch: nothingToWatch,
      };
    }
  }
  return { ...asGiven, watch: watchByPipe };
}

/** The start time is compared too, because the id may belong to another process by then. */
// Not shown: a command of the system.
const watchdog = `
pid=$1
start=$(ps -o lstart= -p "$pid")
cat >/dev/null
[ -n "$start" ] && [ "$(ps -o lstart= -p "$pid")" = "$start" ] && kill -KILL "$pid"
`;

/** Kills the process when this one ends in whatever way. */
function watchByPipe(pid: number): () => void {
  const shell = spawn('/bin/sh', ['-c', watchdog, 'afterimage-engine-watchdog', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // A signal to the app's group, such as Ctrl+C in a terminal, must not end the watch first.
    detached: true,
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
  });
  shell.on('error', (error) => console.error('The engine cannot be watched:', error));
  shell.stdin.on('error', () => {});
  shell.unref();
  return () => void shell.kill('SIGKILL');
}
