// Sets up everything that the other scripts need, in order. A step that is done already does nothing.

import { lacksDisplay } from '../lib/display.mjs';
import { say } from '../lib/report.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensureElectronRuntime } from './electron-runtime.mjs';
import { ensureSqliteAddon } from './sqlite-addon.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

/**
 * @param {{ display: boolean, strace?: boolean }} needs whether windows will be opened, and unit tests run
 * @returns {Promise<import('./electron-runtime.mjs').ElectronRuntime>} the Electron to use
 */
export async function ensureReady({ display, strace = false }) {
  // Some editors' terminals set this variable, which would turn every Electron into plain Node.
  delete process.env.ELECTRON_RUN_AS_NODE;
  await ensureDependencies();
  const runtime = await ensureElectronRuntime();
  await ensureSystemPackages(runtime, display && lacksDisplay(), strace);
  await ensureSqliteAddon(runtime.executable);
  say(`Electron ${runtime.version}: ${runtime.reason}`);
  return runtime;
}
