// The app's folder as a tar.gz, to be unpacked anywhere: by tar alone, since electron-builder would need 7-Zip.

import { capture } from '../lib/commands.mjs';
import { SetupError } from '../lib/report.mjs';

/**
 * @param {string} folder the packed app
 * @param {string} file where to write
 * @param {string} name what its one folder is called
 */
export async function buildTarball(folder, file, name) {
  const owner = ['--owner=0', '--group=0', '--numeric-owner', '--sort=name'];
  const renamed = ['--transform', `flags=r;s,^\\.,${name},`];
  const args = [...owner, ...renamed, '--gzip', '--create', '--file', file, '--directory', folder, '.'];
  const { ok, output } = await capture('tar', args);
  if (!ok) throw new SetupError(`tar could not pack the app. It said:\n\n${output.trim()}`);
}
