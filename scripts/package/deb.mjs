// Builds the Debian package with dpkg-deb, because electron-builder would download a tool from GitHub.

import { chmod, copyFile, cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { allPackages } from '../bootstrap/system-packages.mjs';
import { capture } from '../lib/commands.mjs';
import { folderBytes } from '../lib/folder-size.mjs';
import { projectRoot } from '../lib/paths.mjs';
import { SetupError } from '../lib/report.mjs';

const debianArchs = { x64: 'amd64', arm64: 'arm64' };
const resources = join(projectRoot, 'resources');

/**
 * @param {object} build
 * @param {string} build.unpacked the packed app's folder
 * @param {string} build.work a folder for the package's layout; it is replaced
 * @param {string} build.file where to write the package
 * @param {string} build.version
 * @param {string} build.electronVersion
 * @param {string} build.arch such as `x64`
 * @param {'gzip' | 'xz'} build.compression xz: a third smaller, several times slower
 */
export async function buildDeb({ unpacked, work, file, version, electronVersion, arch, compression }) {
  await rm(work, { recursive: true, force: true });
  const app = join(work, 'opt', 'Afterimage');
  await mkdir(join(work, 'opt'), { recursive: true });
  await cp(unpacked, app, { recursive: true });
  // Chromium's sandbox needs the setuid bit on systems without user namespaces.
  await chmod(join(app, 'chrome-sandbox'), 0o4755);
  // electron-updater reads from this file how the app was installed.
  await writeFile(join(app, 'resources', 'package-type'), 'deb');
  await copyFile(join(resources, 'linux', 'apparmor-profile'), join(app, 'resources', 'apparmor-profile'));
  await writeSystemFiles(work);
  await writeControlFiles(work, {
    Package: 'afterimage',
    Version: version,
    Architecture: debianArchs[arch] ?? arch,
    Section: 'graphics',
    Priority: 'optional',
    Maintainer: 'The Afterimage engineers <afterimage@users.noreply.github.com>',
    'Installed-Size': Math.ceil((await folderBytes(work)) / 1024),
    Depends: allPackages()
      .map((names) => names.join(' | '))
      .join(', '),
    Recommends: 'libsecret-1-0, libnotify4, xdg-utils',
    'XB-Electron-Version': electronVersion,
    Description:
      'Make pictures in a chat\n The chat replies immediately while the picture is made in the background and saved\n on your own disk.',
  });
  const args = ['--root-owner-group', `-Z${compression}`, '--build', work, file];
  const { ok, output } = await capture('dpkg-deb', args);
  if (!ok) throw new SetupError(`dpkg-deb could not build the package. It printed:\n\n${output.trim()}`);
  await rm(work, { recursive: true });
}

async function writeSystemFiles(work) {
  const share = join(work, 'usr', 'share');
  await copyTo(
    join(resources, 'linux', 'afterimage.desktop'),
    join(share, 'applications'),
    'afterimage.desktop',
  );
  for (const name of await readdir(join(resources, 'icons'))) {
    const size = name.replace('.png', '');
    const folder = join(share, 'icons', 'hicolor', size, 'apps');
    await copyTo(join(resources, 'icons', name), folder, 'afterimage.png');
  }
  await copyTo(join(projectRoot, 'LICENSE'), join(share, 'doc', 'afterimage'), 'copyright');
  await mkdir(join(work, 'usr', 'bin'), { recursive: true });
  await symlink('/opt/Afterimage/afterimage', join(work, 'usr', 'bin', 'afterimage'));
}

async function writeControlFiles(work, fields) {
  const folder = join(work, 'DEBIAN');
  await mkdir(folder);
  const control = Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`);
  await writeFile(join(folder, 'control'), control.join(''));
  for (const name of ['postinst', 'prerm']) {
    await copyTo(join(resources, 'linux', name), folder, name);
    await chmod(join(folder, name), 0o755);
  }
}

async function copyTo(from, folder, name) {
  await mkdir(folder, { recursive: true });
  await copyFile(from, join(folder, name));
}
