// Starts the generator as an Electron utility process.
import { app, utilityProcess } from 'electron';
import { captureOutput } from '../logging/app-log';
import type { GeneratorChild } from './generator-process';

/**
 * @param modulePath the generator's bundle.
 * @param env the environment it gets: no keys in it.
 * @param onExit called once, with a word on how it ended. Exit codes of utility processes can be wrong
 *   (https://github.com/electron/electron/issues/42283), so the reason that Chromium gives is preferred.
 */
export function forkGenerator(
  modulePath: string,
  env: Record<string, string>,
  onMessage: (message: unknown) => void,
  onExit: (reason: string) => void,
): GeneratorChild {
  const serviceName = 'Afterimage generator';
  const child = utilityProcess.fork(modulePath, [], { serviceName, env, stdio: 'pipe' });
  captureOutput(child, 'generator');
  let over = false;
  const end = (reason: string) => {
    if (over) return;
    over = true;
    app.off('child-process-gone', onGone);
    onExit(reason);
  };
  const onGone = (_event: unknown, details: Electron.Details) => {
    if (details.type === 'Utility' && details.name === serviceName) end(details.reason);
  };
  app.on('child-process-gone', onGone);
  child.on('message', onMessage);
  child.on('exit', (code) => end(`exit code ${code}`));
  return {
    post: (message) => child.postMessage(message),
    kill: () => {
      // Not child.kill(): a process that hangs need not heed SIGTERM.
      try {
        if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
      } catch {
        // It was quicker.
      }
    },
  };
}
