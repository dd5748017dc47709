// Starts the app without Playwright, for tests of a start that fails.
import { type ChildProcess, spawn } from 'node:child_process';
import { electronCommand, type LaunchOptions } from './launch';

export type Started = {
  child: ChildProcess;
  /** Returns what the app has written to its standard output and error. */
  output: () => string;
  /** Resolves with the exit code once the app has ended. */
  ended: Promise<number | null>;
};

/** Starts the app and returns at once. */
export function startApp(options: LaunchOptions): Started {
  const { command, args, env } = electronCommand(options);
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      output += data.toString();
    });
  }
  const ended = new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  return { child, output: () => output, ended };
}
