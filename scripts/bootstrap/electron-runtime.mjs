// Chooses the Electron that runs the app: the user's own, the downloaded one, or the fallback.

import { existsSync } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { capture } from '../lib/commands.mjs';
import { writeWhole } from '../lib/manifest.mjs';
import { runtimeFolder } from '../lib/paths.mjs';
import { SetupError } from '../lib/report.mjs';
import {
  downloadedRuntime,
  downloadRuntime,
  pinnedVersion,
  recentFailure,
  retryAfterMs,
} from './electron-download.mjs';
import { ensureFallbackRuntime, hasFallback } from './electron-fallback.mjs';

/**
 * @typedef {object} ElectronRuntime
 * @property {string} executable
 * @property {string} distPath the unpacked folder
 * @property {string} version such as `45.4.1`
 * @property {'override' | 'download' | 'fallback'} source
 * @property {string} reason why this one was chosen, as a clause that can follow its name
 */

/**
 * Prepares an Electron and returns it.
 * @returns {Promise<ElectronRuntime>}
 */
export async function ensureElectronRuntime() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return overrideRuntime(resolve(override));

  const usable = await downloadedRuntime();
  if (usable) return runtime(usable, 'download', 'the pinned version');

  const version = await pinnedVersion();
  // Without a fallback, the download is attempted every time.
  const remembered = hasFallback() ? await recentFailure() : undefined;
  const failed = remembered?.reason ?? (await downloadRuntime());
  const downloaded = failed === undefined ? await downloadedRuntime() : undefined;
  if (downloaded) return runtime(downloaded, 'download', 'the pinned version');
  const failure = failed ?? 'its installer left no Electron behind';
  if (!hasFallback()) throw new SetupError(noRuntimeMessage(version, failure));

  return runtime(
    await ensureFallbackRuntime(),
    'fallback',
    fallbackReason(version, failure, remembered?.atMs),
  );
}

/**
 * Returns why the fallback is in use and when the download is retried.
 * @param {string} version the pinned version
 * @param {string} failure
 * @param {number} [failedAtMs] when the download failed; undefined for just now
 */
export function fallbackReason(version, failure, failedAtMs, nowMs = Date.now()) {
  const hours = Math.max(1, Math.ceil(((failedAtMs ?? nowMs) + retryAfterMs - nowMs) / 3_600_000));
  const retry = `next try in ${hours} h, or now with AFTERIMAGE_RETRY_DOWNLOAD=1`;
  return `the fallback, since Electron ${version} could not be downloaded: ${failure} (${retry})`;
}

function noRuntimeMessage(version, failure) {
  return [
    `Electron ${version} could not be downloaded: ${failure}.`,
    `There is no fallback for ${process.platform} ${process.arch}. What helps:`,
    '- a network that reaches the Electron releases, then the same command again;',
    '- ELECTRON_MIRROR=<address of a mirror>, if yours has one;',
    '- ELECTRON_OVERRIDE_DIST_PATH=<folder of an unpacked Electron>.',
  ].join('\n');
}

async function overrideRuntime(distPath) {
  const executable = executableIn(distPath);
  if (!existsSync(executable)) {
    throw new SetupError(`ELECTRON_OVERRIDE_DIST_PATH is set, but there is no Electron at ${executable}.`);
  }
  const version = await readFile(join(distPath, 'version'), 'utf8').catch(() => 'of unknown version');
  return runtime(
    { distPath, version: version.trim().replace(/^v/, '') },
    'override',
    'ELECTRON_OVERRIDE_DIST_PATH',
  );
}

function runtime({ distPath, version }, source, reason) {
  return { executable: executableIn(distPath), distPath, version, source, reason };
}

/**
 * Returns the executable inside an unpacked Electron.
 * @param {string} distPath
 */
export function executableIn(distPath, platform = process.platform) {
  if (platform === 'darwin') return join(distPath, 'Electron.app', 'Contents', 'MacOS', 'Electron');
  return join(distPath, platform === 'win32' ? 'electron.exe' : 'electron');
}

/**
 * Returns an Electron's Node-API version, which is read once for each executable.
 * @param {string} executable
 * @returns {Promise<number>}
 */
export async function napiVersionOf(executable) {
  const memory = join(runtimeFolder, 'electron-napi.json');
  const { size, mtimeMs } = await stat(executable);
  const remembered = await readFile(memory, 'utf8').then(JSON.parse, () => undefined);
  const isSame =
    remembered?.executable === executable && remembered.size === size && remembered.mtimeMs === mtimeMs;
  if (isSame) return remembered.napi;
  const { ok, stdout, output } = await capture(executable, ['-p', 'process.versions.napi'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    timeoutMs: 60_000,
  });
  const napi = Number(stdout.trim());
  if (!ok || !napi) {
    throw new SetupError(`Electron at ${executable} does not run. It said:\n\n${output.trim()}`);
  }
  await mkdir(runtimeFolder, { recursive: true });
  await writeWhole(memory, JSON.stringify({ executable, size, mtimeMs, napi }));
  return napi;
}
