// What tests, the demo and the benchmark are told about the Electron that they launch.

import { electronArgs } from '../lib/display.mjs';

/**
 * @param {import('../bootstrap/electron-runtime.mjs').ElectronRuntime} runtime
 * @returns {{ AFTERIMAGE_ELECTRON: string, AFTERIMAGE_ELECTRON_ARGS: string }} the executable, and the switches that
 *   it must be started with, separated by spaces
 */
export function electronEnvironment(runtime) {
  return { AFTERIMAGE_ELECTRON: runtime.executable, AFTERIMAGE_ELECTRON_ARGS: electronArgs().join(' ') };
}
