// Installs packages that a minimal Linux lacks: Electron's shared libraries, a virtual display, build tools for the
// addon, and strace for the tests.

import { capture, hasCommand } from '../lib/commands.mjs';
import { SetupError } from '../lib/report.mjs';
import { installPackages } from './apt.mjs';
import { missingBuildTools } from './sqlite-addon.mjs';

// Package names by library. If Debian 13 and Ubuntu 24.04 renamed the package, the newer name comes first.
const packageByLibrary = {
  'libX11-xcb.so.1': ['libx11-xcb1'],
  'libX11.so.6': ['libx11-6'],
  'libXcomposite.so.1': ['libxcomposite1'],
  'libXcursor.so.1': ['libxcursor1'],
  'libXdamage.so.1': ['libxdamage1'],
  'libXext.so.6': ['libxext6'],
  'libXfixes.so.3': ['libxfixes3'],
  'libXi.so.6': ['libxi6'],
  'libXrandr.so.2': ['libxrandr2'],
  'libXrender.so.1': ['libxrender1'],
  'libXtst.so.6': ['libxtst6'],
  'libasound.so.2': ['libasound2t64', 'libasound2'],
  'libatk-1.0.so.0': ['libatk1.0-0t64', 'libatk1.0-0'],
  'libatk-bridge-2.0.so.0': ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  'libatspi.so.0': ['libatspi2.0-0t64', 'libatspi2.0-0'],
  'libcairo.so.2': ['libcairo2'],
  'libcups.so.2': ['libcups2t64', 'libcups2'],
  'libdbus-1.so.3': ['libdbus-1-3'],
  'libdrm.so.2': ['libdrm2'],
  'libexpat.so.1': ['libexpat1'],
  'libgbm.so.1': ['libgbm1'],
  'libgdk_pixbuf-2.0.so.0': ['libgdk-pixbuf-2.0-0'],
  'libgio-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libglib-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgobject-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgtk-3.so.0': ['libgtk-3-0t64', 'libgtk-3-0'],
  'libnspr4.so': ['libnspr4'],
  'libnss3.so': ['libnss3'],
  'libnssutil3.so': ['libnss3'],
  'libsmime3.so': ['libnss3'],
  'libpango-1.0.so.0': ['libpango-1.0-0'],
  'libudev.so.1': ['libudev1'],
  'libxcb.so.1': ['libxcb1'],
  'libxkbcommon.so.0': ['libxkbcommon0'],
};
// Newer versions of Electron load GTK at run time, so the dynamic loader does not list it.
const openedLater = ['libgtk-3.so.0'];

/**
 * Ensures that all system packages that set-up and Electron need are installed, and requests all at once.
 * @param {import('./electron-runtime.mjs').ElectronRuntime} runtime
 * @param {boolean} needsXvfb
 * @param {boolean} wantsStrace installs strace if that needs no password. Without it, tests/power/ is skipped.
 */
export async function ensureSystemPackages(runtime, needsXvfb, wantsStrace = false) {
  if (process.platform !== 'linux') return;
  const wanted = packagesFor(await missingLibraries(runtime.executable));
  if (needsXvfb && !hasCommand('Xvfb')) wanted.push(['xvfb']);
  if (wantsStrace && process.getuid?.() === 0 && hasCommand('apt-get') && !hasCommand('strace'))
    wanted.push(['strace']);
  for (const tool of await missingBuildTools(runtime)) wanted.push([tool]);
  if (wanted.length === 0) return;
  await installPackages(wanted, 'system packages');
  const stillMissing = await missingLibraries(runtime.executable);
  if (stillMissing.length > 0) throw new SetupError(`Electron still lacks ${stillMissing.join(', ')}.`);
}

/** @returns {string[][]} every package that Electron may need, each once, as lists of possible names */
export function allPackages() {
  return packagesFor(Object.keys(packageByLibrary));
}

async function missingLibraries(executable) {
  const [linked, installed] = await Promise.all([
    capture('ldd', [executable]),
    capture('ldconfig', ['-p'], { env: { ...process.env, PATH: `${process.env.PATH}:/sbin:/usr/sbin` } }),
  ]);
  const opened = installed.ok
    ? openedLater.filter((library) => !installed.stdout.includes(`\t${library} `))
    : [];
  return [...new Set([...missingIn(linked.stdout), ...opened])];
}

/**
 * Returns the libraries that `ldd` could not find.
 * @param {string} lddOutput
 */
export function missingIn(lddOutput) {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found$/gm)].map(([, library]) => library);
}

/**
 * Returns the Debian packages that contain these libraries, each once, as lists of possible names.
 * @param {string[]} libraries
 * @returns {string[][]}
 */
export function packagesFor(libraries) {
  const unknown = libraries.filter((library) => !(library in packageByLibrary));
  if (unknown.length > 0) {
    throw new SetupError(
      `Electron lacks shared libraries of which no package is known: ${unknown.join(', ')}`,
    );
  }
  // All libraries of a package have the same first name in the list.
  const packages = libraries.map((library) => packageByLibrary[library]);
  return packages.filter((names, index) => packages.findIndex(([first]) => first === names[0]) === index);
}
