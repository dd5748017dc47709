// Builds the app into out/, unless its sources are unchanged.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { capture } from '../lib/commands.mjs';
import { withLock } from '../lib/lock.mjs';
import { contentHash, listFiles, readIntact, writeManifest } from '../lib/manifest.mjs';
import { nodeModule, projectRoot, runtimeFolder } from '../lib/paths.mjs';
import { longStep, SetupError } from '../lib/report.mjs';

const sourcePaths = [
  'electron',
  'renderer',
  'shared',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.json',
];
const outFolder = join(projectRoot, 'out');
const manifestFile = join(runtimeFolder, 'out.json');

/**
 * Builds the app unless out/ is complete and was built from the current sources.
 * @param {import('../bootstrap/electron-runtime.mjs').ElectronRuntime} runtime
 */
export async function ensureBuilt(runtime) {
  if (await isCurrent()) return;
  await withLock(join(runtimeFolder, 'build.lock'), async (shareLockWith) => {
    if (!(await isCurrent())) await build(runtime, shareLockWith);
  });
}

/**
 * Builds the app even if out/ is current.
 * @param {import('../bootstrap/electron-runtime.mjs').ElectronRuntime} runtime
 */
export async function rebuild(runtime) {
  await withLock(join(runtimeFolder, 'build.lock'), (shareLockWith) => build(runtime, shareLockWith));
}

async function isCurrent() {
  const built = await readIntact(outFolder, manifestFile);
  return built !== undefined && built.sources === (await sourcesHash());
}

async function build(runtime, onStart) {
  await rm(manifestFile, { force: true });
  // Hashed before the build, so that a source that changes during the build triggers another one.
  const sources = await sourcesHash();
  const args = [nodeModule('electron-vite', 'bin', 'electron-vite.js'), 'build'];
  const env = { ...process.env, ELECTRON_EXEC_PATH: runtime.executable };
  await longStep('Building the app', async () => {
    const { ok, output } = await capture(process.execPath, args, { cwd: projectRoot, env, onStart });
    if (!ok) throw new SetupError(`The app could not be built. The build printed:\n\n${output.trim()}`);
  });
  await writeManifest(outFolder, await listFiles(outFolder), manifestFile, { sources });
}

async function sourcesHash() {
  const hash = createHash('sha256');
  for (const name of sourcePaths) {
    const path = join(projectRoot, name);
    if (!existsSync(path)) continue;
    const files = (await stat(path)).isDirectory()
      ? (await listFiles(path)).map((file) => join(name, file))
      : [name];
    for (const file of files) hash.update(`${file}\0${await contentHash(join(projectRoot, file))}\n`);
  }
  return hash.digest('hex');
}
