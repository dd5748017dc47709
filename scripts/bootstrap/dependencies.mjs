// Installs the packages of package-lock.json with `npm ci`, once for each content of the lock file.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, npmCommand } from '../lib/commands.mjs';
import { withLock } from '../lib/lock.mjs';
import { writeWhole } from '../lib/manifest.mjs';
import { nodeModule, projectRoot, runtimeFolder } from '../lib/paths.mjs';
import { longStep, SetupError } from '../lib/report.mjs';

// Inside node_modules and written after npm has finished, so that it cannot outlive the packages.
const stampFile = nodeModule('.afterimage-stamp');
// npm's own record of what it installed, written at the end of each install.
const installedFile = nodeModule('.package-lock.json');

/** Installs the packages when they are missing, incomplete or not those of package-lock.json. */
export async function ensureDependencies() {
  if (await areReady()) return;
  await withLock(join(runtimeFolder, 'dependencies.lock'), async (shareLockWith) => {
    if (await areReady()) return;
    await longStep('Installing packages from the npm registry', () => install(shareLockWith));
    const lock = readFileSync(join(projectRoot, 'package-lock.json'), 'utf8');
    await writeWhole(stampFile, hashOf(lock));
  });
}

async function areReady() {
  if (!existsSync(installedFile)) return false;
  const lockText = readFileSync(join(projectRoot, 'package-lock.json'), 'utf8');
  const lock = JSON.parse(lockText);
  const isThere = (path) => existsSync(join(projectRoot, path, 'package.json'));
  if (!requiredPackages(lock).every(isThere)) return false;
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hashOf(lockText)) return true;
  // The user ran npm, for example to add a package, so npm's own record of the installation decides.
  if (!isSameInstall(lock, JSON.parse(readFileSync(installedFile, 'utf8')))) return false;
  await writeWhole(stampFile, hashOf(lockText));
  return true;
}

async function install(onStart) {
  // Show only errors, because warnings about packages that require a newer Node are expected. Development packages
  // build the app, so they are installed regardless of NODE_ENV.
  const [command, args, options] = npmCommand([
    'ci',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
  const { ok, output } = await capture(command, args, { ...options, cwd: projectRoot, onStart });
  if (!ok) throw new SetupError(`npm could not install the packages. It said:\n\n${output.trim()}`);
}

/**
 * Returns the folders of the packages that every platform needs, such as `node_modules/vite`.
 * @param {{ packages: Record<string, { version?: string, optional?: boolean, peer?: boolean, devOptional?: boolean }> }} lock
 */
export function requiredPackages(lock) {
  return Object.keys(lock.packages).filter((path) => path !== '' && !lock.packages[path].optional);
}

/**
 * Returns whether npm's record of what it installed has every package of package-lock.json in the locked version.
 * @param {{ packages: Record<string, { version?: string, optional?: boolean }> }} lock
 * @param {{ packages: Record<string, { version?: string }> }} installed
 */
export function isSameInstall(lock, installed) {
  return requiredPackages(lock).every(
    (path) => installed.packages[path]?.version === lock.packages[path].version,
  );
}

function hashOf(text) {
  return createHash('sha256').update(text).digest('hex');
}
