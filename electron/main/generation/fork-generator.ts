// Starts the generator as an Electron utility process.
import { app, utilityProcess } from 'electron';
import { captureOutput } from '../logging/app-log';
import type { GeneratorChild } from './generator-process';

/**
 * @param modulePath the generator's bundle.
 * @param env the child's environment, without keys.
 * @param onExit called once with the reason. Exit codes of utility processes can be wrong
 *   (https://github.com/electron/electron/issues/42283), so Chromium's reason is preferred.
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
  let hasEnded = false;
  const end = (reason: string) => {
    if (hasEnded) return;
    hasEnded = true;
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
      // child.kill() sends SIGTERM, which a process that hangs may ignore.
      try {
        if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
      } catch {
        // The process has already exited.
      }
    },
  };
}
