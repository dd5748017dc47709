// better-sqlite3's addon where its own prebuild, which needs Node-API 10, would crash: built from its sources once
// for each version, kept in the cache, and put where electron/main/db/native-binding.ts finds it.

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
 * Makes sure that Node and Electron can both open a database.
 * @param {string} electronExecutable
 */
export async function ensureSqliteAddon(electronExecutable) {
  if (!needsBuild(Number(process.versions.napi), await napiVersionOf(electronExecutable))) return;
  const key = await buildKey();
  if (await isPlaced(key)) return;
  await withLock(join(cacheFolder, `${key}.lock`), async (alsoHeldBy) => {
    if (await isPlaced(key)) return;
    await place(await workingAddon(key, electronExecutable, alsoHeldBy), key);
  });
}

/**
 * Whether either runtime lacks the Node-API version that the prebuild needs.
 * @param {number} nodeNapi
 * @param {number} electronNapi
 */
export function needsBuild(nodeNapi, electronNapi) {
  return nodeNapi < prebuildNeedsNapi || electronNapi < prebuildNeedsNapi;
}

/**
 * The programs that are still missing to build the addon on Linux; none where there is nothing to build. Each one's
 * Debian package has its name.
 * @param {import('./electron-runtime.mjs').ElectronRuntime} runtime
 */
export async function missingBuildTools(runtime) {
  // Electron itself can't be asked before its libraries are there; it has Node-API 10 since version 35.
  const electronNapi = Number.parseInt(runtime.version, 10) < 35 ? 9 : 10;
  if (!needsBuild(Number(process.versions.napi), electronNapi)) return [];
  const key = await buildKey();
  if ((await isPlaced(key)) || (await isCached(key))) return [];
  return ['python3', 'make', 'g++'].filter((tool) => !hasCommand(tool));
}

/** Names what a build depends on, and so its place in the cache. */
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

/** The addon of the cache, built now if it is not there or does not work. */
async function workingAddon(key, electronExecutable, onStart) {
  const folder = join(cacheFolder, key);
  const addon = join(folder, addonName);
  if ((await isCached(key)) && !(await whyBroken(addon, electronExecutable))) return addon;

  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  // Elsewhere, since make can't work in a folder with a space in its path, and a home may have one.
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
  // The header is forced in by a flag that only GCC and Clang know.
  if (process.platform === 'win32') throw new SetupError(`better-sqlite3 needs ${newerNode} on Windows.`);
  // A copy, with all it needs beside it: the project's own folder may have a space in its path too.
  for (const name of ['binding.gyp', 'package.json', 'deps', 'lib', 'src']) {
    await cp(nodeModule('better-sqlite3', name), join(sources, name), { recursive: true });
  }
  await cp(nodeModule('node-addon-api'), join(sources, 'node_modules', 'node-addon-api'), {
    recursive: true,
  });
  await copyFile(compatHeader, join(sources, basename(compatHeader)));

  const nodeGyp = nodeModule('node-gyp', 'bin', 'node-gyp.js');
  const args = ['rebuild', '--release', '--force_build=1', '--jobs=max', ...nodeHeadersOption()];
  // The compiler runs in a folder inside.
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

/** Headers that are on this machine need no download; without them node-gyp looks for some. */
function nodeHeadersOption() {
  return hasNodeHeaders() && !process.env.npm_config_nodedir ? [`--nodedir=${nodePrefix}`] : [];
}

function hasNodeHeaders() {
  return existsSync(join(process.env.npm_config_nodedir ?? nodePrefix, 'include', 'node', 'node_api.h'));
}

/** What goes wrong with an addon in Node or in Electron; undefined when it works in both. */
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
