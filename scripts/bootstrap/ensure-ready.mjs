// Everything that must be there before anything else can run, in order. Each step does nothing when it is done.

import { lacksDisplay } from '../lib/display.mjs';
import { say } from '../lib/report.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensureElectronRuntime } from './electron-runtime.mjs';
import { ensureSqliteAddon } from './sqlite-addon.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

/**
 * @param {{ display: boolean }} needs whether windows will be opened
 * @returns {Promise<import('./electron-runtime.mjs').ElectronRuntime>} the Electron to use
 */
export async function ensureReady({ display }) {
  // Some editors' terminals set it, and every Electron started from there would be a plain Node.
  delete process.env.ELECTRON_RUN_AS_NODE;
  await ensureDependencies();
  const runtime = await ensureElectronRuntime();
  await ensureSystemPackages(runtime, display && lacksDisplay());
  await ensureSqliteAddon(runtime.executable);
  say(`Electron ${runtime.version}: ${runtime.reason}`);
  return runtime;
}
