// A copy of the packed app that Playwright can drive: one fuse differs, nothing else.

import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { shareFiles } from './share-files.mjs';

/**
 * @param {string} unpacked the packed app
 * @param {string} folder made anew, on the same disk: the files are shared, the executable is its own
 * @param {string} executable its name inside
 */
export async function makeInspectable(unpacked, folder, executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await rm(folder, { recursive: true, force: true });
  await shareFiles(unpacked, folder);
  await rm(join(folder, executable));
  await copyFile(join(unpacked, executable), join(folder, executable));
  await flipFuses(join(folder, executable), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}
