// Creates imports whose importer runs in an Electron utility process.
import { utilityProcess } from 'electron';
import { backgroundSwitch } from '../../../shared/generator/importer-messages';
import { environmentOfUtility } from '../config/environment';
import { captureOutput } from '../logging/app-log';
import { processorMsOf } from '../logging/processor-time';
import type { ImportOptions } from './import-context';
import type { ForkImporter } from './importer-process';
import { createImports, type Imports, type Watching } from './imports';

/**
 * @param modulePath path of the importer's bundle.
 * @param watching what happens around the looks at watched folders.
 */
export function startImports(options: ImportOptions, modulePath: string, watching: Watching): Imports {
  const env = environmentOfUtility(process.env);
  const forkWith =
    (switches: string[]): ForkImporter =>
    (onMessage, onExit) => {
      const child = utilityProcess.fork(modulePath, switches, {
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
        processorMs: () => processorMsOf(child.pid),
      };
    };
  const forks = { fork: forkWith([]), forkInBackground: forkWith([backgroundSwitch]) };
  return createImports(options, forks, watching);
}
