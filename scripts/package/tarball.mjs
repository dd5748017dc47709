// Packs the app's folder into a tar.gz with tar, because electron-builder would need 7-Zip.

import { capture } from '../lib/commands.mjs';
import { SetupError } from '../lib/report.mjs';

/**
 * @param {string} folder the packaged app
 * @param {string} file the file to write
 * @param {string} name the name of the top-level folder
 */
export async function buildTarball(folder, file, name) {
  const owner = ['--owner=0', '--group=0', '--numeric-owner', '--sort=name'];
  const renamed = ['--transform', `flags=r;s,^\\.,${name},`];
  const args = [...owner, ...renamed, '--gzip', '--create', '--file', file, '--directory', folder, '.'];
  const { ok, output } = await capture('tar', args);
  if (!ok) throw new SetupError(`tar could not pack the app. It printed:\n\n${output.trim()}`);
}
