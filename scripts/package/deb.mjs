// The Debian package, by dpkg-deb alone: electron-builder would fetch a tool for it from GitHub.

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
 * @param {string} build.work a folder to lay the package out in, made anew
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
  // Where the system gives no user namespaces, Chromium's sandbox needs this.
  await chmod(join(app, 'chrome-sandbox'), 0o4755);
  // electron-updater asks it how this copy was installed.
  await writeFile(join(app, 'resources', 'package-type'), 'deb');
  await copyFile(join(resources, 'linux', 'apparmor-profile'), join(app, 'resources', 'apparmor-profile'));
  await layOutSystemFiles(work);
  await layOutControl(work, {
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
      'Make pictures in a chat\n The answer is there at once; the picture is made beside the conversation and kept\n on your own disk.',
  });
  const args = ['--root-owner-group', `-Z${compression}`, '--build', work, file];
  const { ok, output } = await capture('dpkg-deb', args);
  if (!ok) throw new SetupError(`dpkg-deb could not build the package. It said:\n\n${output.trim()}`);
  await rm(work, { recursive: true });
}

async function layOutSystemFiles(work) {
  const share = join(work, 'usr', 'share');
  await place(
    join(resources, 'linux', 'afterimage.desktop'),
    join(share, 'applications'),
    'afterimage.desktop',
  );
  for (const name of await readdir(join(resources, 'icons'))) {
    const size = name.replace('.png', '');
    const folder = join(share, 'icons', 'hicolor', size, 'apps');
    await place(join(resources, 'icons', name), folder, 'afterimage.png');
  }
  await place(join(projectRoot, 'LICENSE'), join(share, 'doc', 'afterimage'), 'copyright');
  await mkdir(join(work, 'usr', 'bin'), { recursive: true });
  await symlink('/opt/Afterimage/afterimage', join(work, 'usr', 'bin', 'afterimage'));
}

async function layOutControl(work, fields) {
  const folder = join(work, 'DEBIAN');
  await mkdir(folder);
  const control = Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`);
  await writeFile(join(folder, 'control'), control.join(''));
  for (const name of ['postinst', 'prerm']) {
    await place(join(resources, 'linux', name), folder, name);
    await chmod(join(folder, name), 0o755);
  }
}

async function place(from, folder, name) {
  await mkdir(folder, { recursive: true });
  await copyFile(from, join(folder, name));
}
