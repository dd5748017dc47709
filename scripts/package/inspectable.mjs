// Makes a copy of the packaged app that Playwright can control; it differs in one fuse only.

import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { shareFiles } from './share-files.mjs';

/**
 * @param {string} unpacked the packaged app
 * @param {string} folder the copy, on the same disk; it is replaced. It shares all files except the executable.
 * @param {string} executable the executable's name
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
