// The environment variables that tell tests, demo and benchmark which Electron to launch.

import { electronArgs } from '../lib/display.mjs';

/**
 * @param {import('../bootstrap/electron-runtime.mjs').ElectronRuntime} runtime
 * @returns {{ AFTERIMAGE_ELECTRON: string, AFTERIMAGE_ELECTRON_ARGS: string }} the executable and its
 *   switches, separated by spaces
 */
export function electronEnvironment(runtime) {
  return { AFTERIMAGE_ELECTRON: runtime.executable, AFTERIMAGE_ELECTRON_ARGS: electronArgs().join(' ') };
}
