// Creates imports whose importer runs in an Electron utility process.
import { utilityProcess } from 'electron';
import { environmentOfChild } from '../config/environment';
import { captureOutput } from '../logging/app-log';
import type { ImportContext } from './import-context';
import { createImports, type Imports } from './imports';

/** @param modulePath path of the importer's bundle. */
export function startImports(context: ImportContext, modulePath: string): Imports {
  const env = { ...environmentOfChild(process.env), AFTERIMAGE_MAIN_PID: String(process.pid) };
  return createImports(context, (onMessage, onExit) => {
    const child = utilityProcess.fork(modulePath, [], {
      // Not shown: the name of a process in the system’s list.
      serviceName: 'Afterimage importer',
      env,
      stdio: 'pipe',
    });
    captureOutput(child, 'importer');
    child.on('message', onMessage);
    child.on('exit', onExit);
    return {
      post: (message) => child.postMessage(message),
      kill: () => void child.kill(),
    };
  });
}
