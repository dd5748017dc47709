// Lays out the files that ship, from an allow-list: the built app, and the packages that are not bundled with it:
// native addons and decoders.

import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { needsBuild } from '../bootstrap/sqlite-addon.mjs';
import { projectRoot, runtimeFolder } from '../lib/paths.mjs';
import { SetupError } from '../lib/report.mjs';

const sqliteFiles = ['package.json', 'LICENSE', 'lib'];
const canvasFiles = [
  'package.json',
  'LICENSE',
  'index.js',
  'geometry.js',
  'js-binding.js',
  'load-image.js',
  'node-canvas.js',
];
const heifFiles = ['package.json', 'LICENSE', 'libheif-wasm/LICENSE', 'libheif-wasm/libheif-bundle.js'];
/** Only files that the bundle does not contain; the package's JavaScript is bundled. */
const jxlFiles = [
  'package.json',
  'LICENSE-MIT',
  'LICENSE-APACHE',
  'jxl_oxide_wasm.js',
  'jxl_oxide_wasm_bg.wasm',
];
const prebuiltNapiVersion = 10;

/**
 * Lays out the content of the asar.
 * @param {string} folder the folder to write; it is replaced
 * @param {{ platform: NodeJS.Platform, archs: string[], napi: number, version: string }} target `archs`:
 *   such as `['x64']`, both architectures on macOS; `napi`: the Node-API version of the packaged Electron; `version`: the
 *   app's version
 */
export async function stage(folder, { platform, archs, napi, version }) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const part of ['main', 'preload', 'renderer']) {
    await cp(join(projectRoot, 'out', part), join(folder, 'out', part), { recursive: true });
  }
  await stagePackage(folder, 'better-sqlite3', sqliteFiles);
  await stagePackage(folder, '@napi-rs/canvas', canvasFiles);
  await stagePackage(folder, 'libheif-js', heifFiles);
  await stagePackage(folder, 'jxl-oxide-wasm', jxlFiles);
  for (const file of sqliteAddons(platform, archs, napi)) await copyInto(projectRoot, folder, file);
  for (const name of archs.map((arch) => canvasPackage(platform, arch))) {
    await copyInto(projectRoot, folder, join('node_modules', '@napi-rs', name)).catch(() => {
      throw new SetupError(
        `@napi-rs/${name} is not installed. Run: npm install --no-save --force @napi-rs/${name}`,
      );
    });
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify(await manifest(version), null, 2));
}

/** Returns the addons that electron/main/db/native-binding.ts loads on the packaged Electron. */
function sqliteAddons(platform, archs, napi) {
  if (needsBuild(prebuiltNapiVersion, napi)) {
    const folder = relative(projectRoot, runtimeFolder);
    return archs.map((arch) => join(folder, `better_sqlite3-napi8-${platform}-${arch}.node`));
  }
  return archs.map((arch) => join('node_modules', 'better-sqlite3', 'prebuilds', `${platform}-${arch}.node`));
}

function canvasPackage(platform, arch) {
  return `canvas-${platform}-${arch}${{ linux: '-gnu', win32: '-msvc' }[platform] ?? ''}`;
}

async function stagePackage(folder, name, files) {
  for (const file of files) await copyInto(projectRoot, folder, join('node_modules', name, file));
}

async function copyInto(from, to, path) {
  await mkdir(dirname(join(to, path)), { recursive: true });
  await cp(join(from, path), join(to, path), { recursive: true, dereference: true });
}

/** Returns the shipped package.json: the app's own with only the packages inside, without its development fields. */
async function manifest(version) {
  const { name, productName, description, license, type, main, dependencies } = JSON.parse(
    await readFile(join(projectRoot, 'package.json'), 'utf8'),
  );
  const external = ['better-sqlite3', '@napi-rs/canvas', 'libheif-js', 'jxl-oxide-wasm'];
  return {
    name,
    productName,
    version,
    description,
    license,
    author: 'The Afterimage engineers',
    // Associates the app's windows with its desktop entry.
    desktopName: 'afterimage.desktop',
    type,
    main,
    dependencies: Object.fromEntries(external.map((packageName) => [packageName, dependencies[packageName]])),
  };
}
