// Runs the demo in a separate process on a display, so that the data folder is removed if the demo is stopped.

import { fileURLToPath } from 'node:url';
import { runInForeground } from '../lib/commands.mjs';
import { withDisplay } from '../lib/display.mjs';
import { electronEnvironment } from './environment.mjs';

const demo = fileURLToPath(new URL('demo-in-app.mjs', import.meta.url));

/**
 * @param {import('../bootstrap/electron-runtime.mjs').ElectronRuntime} runtime
 * @returns {Promise<number>} exit code
 */
export async function runDemo(runtime) {
  const variables = electronEnvironment(runtime);
  return withDisplay((env) => runInForeground(process.execPath, [demo], { env: { ...env, ...variables } }));
}
