// `npm run package`: makes an installable build for this platform in dist/. `-- --release` also makes the AppImage, which
// needs tools from GitHub. See docs/decisions/021.

import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ensureBuilt } from './app/build.mjs';
import { napiVersionOf } from './bootstrap/electron-runtime.mjs';
import { ensureReady } from './bootstrap/ensure-ready.mjs';
import { capture, hasCommand } from './lib/commands.mjs';
import { folderMegabytes } from './lib/folder-size.mjs';
import { projectRoot } from './lib/paths.mjs';
import { longStep, runScript, SetupError, say } from './lib/report.mjs';
import { thirdPartyNotices } from './notices.mjs';
import { buildDeb } from './package/deb.mjs';
import { addToFeed, readRepository } from './package/feed.mjs';
import { stage } from './package/stage.mjs';
import { buildTarball } from './package/tarball.mjs';

const dist = join(projectRoot, 'dist');
const work = join(dist, '.package');

await runScript(async () => {
  const options = readOptions(process.argv.slice(2));
  const runtime = await ensureReady({ display: false });
  await ensureBuilt(runtime);
  const { version } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8'));
  const target = { ...options, runtime, version: options.version ?? version };
  await prepare(target);
  if (process.platform === 'linux') await packageForLinux(target);
  else await longStep('Packing the app', () => electronBuilder(target, []));
});

function readOptions(args) {
  const [, version] = args.join(' ').match(/--app-version (\d+\.\d+\.\d+)/) ?? [];
  const known = ['--release', '--dir', '--app-version', version];
  const unknown = args.find((arg) => !known.includes(arg));
  if (unknown)
    throw new SetupError(
      `Unknown option ${unknown}. npm run package supports --release, --dir and --app-version X.Y.Z.`,
    );
  const repository = readRepository(process.env.AFTERIMAGE_UPDATE_REPOSITORY);
  return { release: args.includes('--release'), onlyFolder: args.includes('--dir'), version, repository };
}

async function prepare({ runtime, version }) {
  await mkdir(dist, { recursive: true });
  // Files of an earlier version could be mistaken for this version's.
  for (const name of await readdir(dist)) {
    if (/^(afterimage-|latest)/.test(name)) await rm(join(dist, name));
  }
  await stage(join(work, 'app'), {
    platform: process.platform,
    archs: process.platform === 'darwin' ? ['x64', 'arm64'] : [process.arch],
    napi: await napiVersionOf(runtime.executable),
    version,
  });
  await writeFile(join(work, 'THIRD-PARTY-NOTICES.txt'), await thirdPartyNotices());
}

async function packageForLinux(target) {
  const { runtime, version, release, onlyFolder, repository } = target;
  const unpacked = join(dist, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`);
  await rm(unpacked, { recursive: true, force: true });
  await longStep('Packing the app', () => electronBuilder(target, ['--linux', 'dir']));
  const made = [unpacked];
  if (!onlyFolder) {
    // The file name contains the version of the packaged Electron.
    const name = `afterimage-${version}-electron-${runtime.version}-linux-${process.arch}`;
    const tarball = join(dist, `${name}.tar.gz`);
    await longStep('Making the tar.gz', () => buildTarball(unpacked, tarball, name));
    made.push(tarball);
    if (release) {
      await longStep('Making the AppImage', () =>
        electronBuilder(target, ['--linux', 'AppImage', '--prepackaged', unpacked]),
      );
    }
    const deb = join(dist, `${name}.deb`);
    if (hasCommand('dpkg-deb')) {
      await longStep('Making the deb', () =>
        buildDeb({
          unpacked,
          work: join(work, 'deb'),
          file: deb,
          version,
          electronVersion: runtime.version,
          arch: process.arch,
          compression: release ? 'xz' : 'gzip',
        }),
      );
      made.push(deb);
      if (repository)
        await addToFeed(join(dist, 'latest-linux.yml'), { version, file: deb, releaseDate: new Date() });
    } else say('Skipped the deb: dpkg-deb is not installed.');
    if (!release)
      say(
        'Skipped the AppImage: its tools come from GitHub. Use `-- --release` to build it, as release CI does.',
      );
  }
  say(`\nAfterimage ${version} on Electron ${runtime.version}:`);
  for (const path of made) say(`  ${relative(projectRoot, path)}  ${Math.round(await megabytesOf(path))} MB`);
  if (!repository)
    say('This build does not check for updates, because AFTERIMAGE_UPDATE_REPOSITORY=owner/repo is not set.');
}

async function electronBuilder({ runtime, repository }, args) {
  const { stdout: commit } = await capture('git', ['rev-parse', 'HEAD'], { cwd: projectRoot });
  const config = {
    extends: join(projectRoot, 'electron-builder.yml'),
    directories: { app: join(work, 'app') },
    electronVersion: runtime.version,
    // A universal macOS app consists of two builds, so electron-builder downloads both itself.
    ...(process.platform === 'linux' && { electronDist: runtime.distPath }),
    publish: repository ? { provider: 'github', ...repository } : null,
    extraMetadata: { electronVersion: runtime.version, commit: commit.trim() },
  };
  const configFile = join(work, 'electron-builder.json');
  await writeFile(configFile, JSON.stringify(config));
  const cli = join(projectRoot, 'node_modules', 'electron-builder', 'cli.js');
  const { ok, output } = await capture(
    process.execPath,
    [cli, '--config', configFile, '--publish', 'never', ...args],
    { cwd: projectRoot, env: { ...process.env, ELECTRON_BUILDER_DISABLE_UPDATE_CHECK: '1' } },
  );
  if (ok) return;
  const reason = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT/.test(output)
    ? ' Some of its tools come from GitHub, which cannot be reached from this network. Release CI can reach it.'
    : '';
  throw new SetupError(`The app could not be packed.${reason} electron-builder printed:\n\n${output.trim()}`);
}

async function megabytesOf(path) {
  const found = await stat(path);
  return found.isDirectory() ? folderMegabytes(path) : found.size / 1e6;
}
