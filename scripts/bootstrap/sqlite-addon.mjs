// Builds better-sqlite3's addon from source where its prebuilt one, which needs Node-API 10, would crash. The
// result is cached by version and placed where electron/main/db/native-binding.ts finds it.

import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { capture, hasCommand } from '../lib/commands.mjs';
import { withLock } from '../lib/lock.mjs';
import { contentHash, readIntact, writeManifest } from '../lib/manifest.mjs';
import { cacheFolder, nodeModule, runtimeFolder } from '../lib/paths.mjs';
import { longStep, SetupError } from '../lib/report.mjs';
import { napiVersionOf } from './electron-runtime.mjs';

const prebuildNeedsNapi = 10;
const newerNode = 'Node 22.14 or later';
const nodePrefix = dirname(dirname(process.execPath));
const nativeFolder = fileURLToPath(new URL('native', import.meta.url));
const compatHeader = join(nativeFolder, 'napi8-compat.hpp');
const openDatabase = join(nativeFolder, 'open-database.cjs');
const placedManifest = join(runtimeFolder, 'better_sqlite3.json');
const addonName = `better_sqlite3-napi8-${process.platform}-${process.arch}.node`;

/**
 * Ensures that both Node and Electron can open a database.
 * @param {string} electronExecutable
 */
export async function ensureSqliteAddon(electronExecutable) {
  if (!needsBuild(Number(process.versions.napi), await napiVersionOf(electronExecutable))) return;
  const key = await buildKey();
  if (await isPlaced(key)) return;
  await withLock(join(cacheFolder, `${key}.lock`), async (shareLockWith) => {
    if (await isPlaced(key)) return;
    await place(await workingAddon(key, electronExecutable, shareLockWith), key);
  });
}

/**
 * Returns whether either runtime lacks the Node-API version that the prebuilt addon needs.
 * @param {number} nodeNapi
 * @param {number} electronNapi
 */
export function needsBuild(nodeNapi, electronNapi) {
  return nodeNapi < prebuildNeedsNapi || electronNapi < prebuildNeedsNapi;
}

/**
 * Returns the programs that are missing to build the addon on Linux; none if there is nothing to build. Each has the
 * name of its Debian package.
 * @param {import('./electron-runtime.mjs').ElectronRuntime} runtime
 */
export async function missingBuildTools(runtime) {
  // Electron cannot run before its libraries are installed. It has Node-API 10 since version 35.
  const electronNapi = Number.parseInt(runtime.version, 10) < 35 ? 9 : 10;
  if (!needsBuild(Number(process.versions.napi), electronNapi)) return [];
  const key = await buildKey();
  if ((await isPlaced(key)) || (await isCached(key))) return [];
  return ['python3', 'make', 'g++'].filter((tool) => !hasCommand(tool));
}

/** Returns the name of a build in the cache, which is derived from everything that the build depends on. */
async function buildKey() {
  const { version } = JSON.parse(await readFile(nodeModule('better-sqlite3', 'package.json'), 'utf8'));
  const header = (await contentHash(compatHeader)).slice(0, 8);
  return `better-sqlite3-${version}-napi8-${header}-${process.platform}-${process.arch}`;
}

async function isPlaced(key) {
  return (await readIntact(runtimeFolder, placedManifest))?.key === key;
}

async function isCached(key) {
  return (await readIntact(join(cacheFolder, key), join(cacheFolder, key, 'manifest.json'))) !== undefined;
}

async function place(built, key) {
  await mkdir(runtimeFolder, { recursive: true });
  await copyFile(built, join(runtimeFolder, `${addonName}.part`));
  await rename(join(runtimeFolder, `${addonName}.part`), join(runtimeFolder, addonName));
  await writeManifest(runtimeFolder, [addonName], placedManifest, { key });
}

/** Returns the addon in the cache, after building it if it is missing or does not work. */
async function workingAddon(key, electronExecutable, onStart) {
  const folder = join(cacheFolder, key);
  const addon = join(folder, addonName);
  if ((await isCached(key)) && !(await whyBroken(addon, electronExecutable))) return addon;

  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  // A temporary folder, because make fails in a path with a space, which a home folder may have.
  const sources = await mkdtemp(join(tmpdir(), 'afterimage-build-'));
  try {
    await build(join(part, addonName), sources, onStart);
    const broken = await whyBroken(join(part, addonName), electronExecutable);
    if (broken) throw new SetupError(`The better-sqlite3 built here does not work.\n${broken}`);
    await writeManifest(part, [addonName], join(part, 'manifest.json'));
    await rm(folder, { recursive: true, force: true });
    await rename(part, folder);
  } finally {
    for (const left of [part, sources]) await rm(left, { recursive: true, force: true });
  }
  return addon;
}

async function build(addon, sources, onStart) {
  // Only GCC and Clang have the flag that includes the header.
  if (process.platform === 'win32') throw new SetupError(`better-sqlite3 needs ${newerNode} on Windows.`);
  // The project's own path may also contain a space, so everything is copied.
  for (const name of ['binding.gyp', 'package.json', 'deps', 'lib', 'src']) {
    await cp(nodeModule('better-sqlite3', name), join(sources, name), { recursive: true });
  }
  await cp(nodeModule('node-addon-api'), join(sources, 'node_modules', 'node-addon-api'), {
    recursive: true,
  });
  await copyFile(compatHeader, join(sources, basename(compatHeader)));

  const nodeGyp = nodeModule('node-gyp', 'bin', 'node-gyp.js');
  const args = ['rebuild', '--release', '--force_build=1', '--jobs=max', ...nodeHeadersOption()];
  // The compiler runs in a subfolder.
  const flags = `${process.env.CXXFLAGS ?? ''} -include ../${basename(compatHeader)}`;
  const options = { cwd: sources, env: { ...process.env, CXXFLAGS: flags }, onStart };
  await longStep('Building better-sqlite3 from its sources (about a minute)', async () => {
    const { ok, output } = await capture(process.execPath, [nodeGyp, ...args], options);
    if (!ok) throw new SetupError(buildFailedMessage(output));
  });
  await copyFile(join(sources, 'build', 'Release', 'better_sqlite3.node'), addon);
}

function buildFailedMessage(output) {
  const hint = hasNodeHeaders()
    ? ''
    : [
        `\nNode's C++ headers are not beside ${process.execPath} and could not be downloaded. What helps:`,
        '- Node from its own archive, which has them;',
        '- npm_config_nodedir=<folder that holds include/node>;',
        `- ${newerNode} with an Electron from 35 on: they need no build.\n`,
      ].join('\n');
  return `better-sqlite3 could not be built.\n${hint}\nThe build said:\n\n${output.trim()}`;
}

/** With local headers, node-gyp downloads none. */
function nodeHeadersOption() {
  return hasNodeHeaders() && !process.env.npm_config_nodedir ? [`--nodedir=${nodePrefix}`] : [];
}

function hasNodeHeaders() {
  return existsSync(join(process.env.npm_config_nodedir ?? nodePrefix, 'include', 'node', 'node_api.h'));
}

/** Returns the error of an addon in Node or in Electron; undefined if it works in both. */
async function whyBroken(addon, electronExecutable) {
  for (const [name, command] of Object.entries({ Node: process.execPath, Electron: electronExecutable })) {
    const { ok, output } = await capture(command, [openDatabase, nodeModule('better-sqlite3'), addon], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      timeoutMs: 60_000,
    });
    if (!ok) return `${name} could not open a database with it:\n${output.trim()}`;
  }
  return undefined;
}
