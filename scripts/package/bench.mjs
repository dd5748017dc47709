// Packages the two programs that the start-up benchmark compares: the app, and an empty window packaged in the same
// way.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPackage } from '@electron/asar';
import { runInForeground } from '../lib/commands.mjs';
import { projectRoot } from '../lib/paths.mjs';
import { SetupError } from '../lib/report.mjs';
import { shareFiles } from './share-files.mjs';

const emptyApp = fileURLToPath(new URL('empty-app', import.meta.url));

/** @returns the environment variables with the paths of both executables. */
export async function packForBench() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError('The packaged app can only be measured on Linux x64.');
  }
  const exitCode = await runInForeground(process.execPath, [join('scripts', 'package.mjs'), '--dir']);
  if (exitCode !== 0) throw new SetupError('The app could not be packaged, so it cannot be measured.');
  const unpacked = join(projectRoot, 'dist', 'linux-unpacked');
  const empty = join(projectRoot, 'dist', '.package', 'empty-window');
  await rm(empty, { recursive: true, force: true });
  await shareFiles(unpacked, empty);
  await rm(join(empty, 'resources'), { recursive: true });
  await createPackage(emptyApp, join(empty, 'resources', 'app.asar'));
  return {
    AFTERIMAGE_PACKAGED_APP: join(unpacked, 'afterimage'),
    AFTERIMAGE_EMPTY_APP: join(empty, 'afterimage'),
  };
}
