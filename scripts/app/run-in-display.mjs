// Runs a TypeScript program of tests/ that launches the built app, with a display.

import { rm } from 'node:fs/promises';
import { runInForeground } from '../lib/commands.mjs';
import { withDisplay } from '../lib/display.mjs';
import { bundle } from './bundle.mjs';
import { electronEnvironment } from './environment.mjs';

/**
 * @param {import('../bootstrap/electron-runtime.mjs').ElectronRuntime} runtime
 * @param {string} entry relative to the project
 * @param {string[]} args
 * @returns {Promise<number>} its exit code
 */
export async function runInDisplay(runtime, entry, args) {
  const { folder, file } = await bundle(entry);
  try {
    const variables = electronEnvironment(runtime);
    return await withDisplay((env) =>
      runInForeground(process.execPath, [file, ...args], { env: { ...env, ...variables } }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
