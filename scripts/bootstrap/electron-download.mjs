// Downloads the pinned Electron into node_modules/electron/dist with the `electron` package's own installer.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { folderBytes } from '../lib/folder-size.mjs';
import { withLock } from '../lib/lock.mjs';
import { listFiles, readIntact, writeManifest, writeWhole } from '../lib/manifest.mjs';
import { cacheFolder, nodeModule, runtimeFolder } from '../lib/paths.mjs';
import { longStep, say } from '../lib/report.mjs';

const electronFolder = nodeModule('electron');
const distPath = join(electronFolder, 'dist');
const manifestFile = join(electronFolder, 'afterimage-manifest.json');
const failureFile = join(cacheFolder, 'electron-download-failed.json');
// A download that receives nothing for this long is aborted (ms).
const stallMs = 30_000;

/** Time until a failed download is retried (ms). */
export const retryAfterMs = 24 * 60 * 60 * 1000;

/** @returns {Promise<string>} the version that package.json pins */
export async function pinnedVersion() {
  return JSON.parse(await readFile(join(electronFolder, 'package.json'), 'utf8')).version;
}

/**
 * Returns the downloaded Electron if it is complete. One that was unpacked by other means (`npx install-electron`) is
 * accepted if its own files mark it as complete.
 * @returns {Promise<{ distPath: string, version: string } | undefined>}
 */
export async function downloadedRuntime() {
  const version = await pinnedVersion();
  if (!(await hasMarks(version))) return undefined;
  const facts = await readIntact(distPath, manifestFile);
  if (facts?.version === version) return { distPath, version };
  if (existsSync(manifestFile)) return undefined;
  await writeManifest(distPath, await listFiles(distPath), manifestFile, { version });
  return { distPath, version };
}

/**
 * Downloads and unpacks the pinned Electron.
 * @returns {Promise<string | undefined>} why it failed, in a few words; undefined on success
 */
export async function downloadRuntime() {
  const version = await pinnedVersion();
  return withLock(join(runtimeFolder, 'electron-download.lock'), async (shareLockWith) => {
    if (await downloadedRuntime()) return undefined;
    if (existsSync(distPath)) say('The downloaded Electron is damaged or incomplete. Downloading it again.');
    // path.txt is written last, so without it an interrupted unpacking does not count as complete.
    for (const name of ['path.txt', 'dist', 'afterimage-manifest.json']) {
      await rm(join(electronFolder, name), { recursive: true, force: true });
    }
    const work = join(runtimeFolder, 'electron-download');
    await rm(work, { recursive: true, force: true });
    await mkdir(work, { recursive: true });
    const sizes = async () => (await folderBytes(work)) + (await folderBytes(distPath));
    try {
      await longStep(
        `Downloading Electron ${version}`,
        () => install(work, sizes, shareLockWith),
        async () => `${Math.round((await sizes()) / 1e6)} MB`,
      );
      await writeManifest(distPath, await listFiles(distPath), manifestFile, { version });
      await rm(failureFile, { force: true });
      return undefined;
    } catch (error) {
      const reason = error.message;
      await rememberFailure({ version, mirror: mirrorOf(process.env), atMs: Date.now(), reason });
      return reason;
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  });
}

/**
 * Runs the package's own installer with a temporary folder whose growth can be measured.
 * @returns {Promise<void>}
 */
function install(work, sizes, onStart) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(electronFolder, 'install.js')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, TMPDIR: work, TEMP: work, TMP: work },
    });
    if (child.pid) onStart(child.pid);
    let output = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    let last = { size: -1, atMs: Date.now() };
    let stalled = false;
    const watch = setInterval(async () => {
      const size = await sizes();
      if (size !== last.size) last = { size, atMs: Date.now() };
      stalled = Date.now() - last.atMs > stallMs;
      if (stalled) child.kill('SIGKILL');
    }, 1_000);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watch);
      if (code === 0) resolve();
      else reject(new Error(stalled ? `nothing came for ${stallMs / 1000} seconds` : reasonIn(output)));
    });
  });
}

/**
 * Returns the most informative line of the installer's error output.
 * @param {string} output
 */
export function reasonIn(output) {
  const line = output.split('\n').find((text) => /error/i.test(text)) ?? output.trim().split('\n')[0];
  const reason = line.replace(/^\w*Error: /, '').trim();
  if (reason === '' || reason === 'fetch failed') return 'its download server could not be reached';
  return reason;
}

/**
 * Returns when and why the download last failed, if it should not be retried yet.
 * @returns {Promise<{ reason: string, atMs: number } | undefined>}
 */
export async function recentFailure() {
  if (process.env.AFTERIMAGE_RETRY_DOWNLOAD) return undefined;
  const failure = await readFile(failureFile, 'utf8').then(JSON.parse, () => undefined);
  const now = { version: await pinnedVersion(), nowMs: Date.now(), mirror: mirrorOf(process.env) };
  return stillHolds(failure, now) ? failure : undefined;
}

/**
 * Returns whether a remembered failure still applies: same version, same server, less than a day old.
 * @param {{ version: string, mirror: string, atMs: number } | undefined} failure
 * @param {{ version: string, mirror: string, nowMs: number }} now
 */
export function stillHolds(failure, { version, mirror, nowMs }) {
  if (failure?.version !== version || failure.mirror !== mirror) return false;
  return nowMs >= failure.atMs && nowMs - failure.atMs < retryAfterMs;
}

async function rememberFailure(failure) {
  await mkdir(cacheFolder, { recursive: true });
  await writeWhole(failureFile, JSON.stringify(failure));
}

function mirrorOf(env) {
  return env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror ?? '';
}

async function hasMarks(version) {
  try {
    const unpacked = (await readFile(join(distPath, 'version'), 'utf8')).trim().replace(/^v/, '');
    await readFile(join(electronFolder, 'path.txt'), 'utf8');
    return unpacked === version;
  } catch {
    return false;
  }
}
