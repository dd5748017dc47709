// The Debian package on the real system: installed, started, updated from a feed, removed. Only as root, and only
// where no Afterimage is installed.
import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { expectLanded, pictures, say } from '../e2e/fixture';
import { debuggerAddress, pageOf } from '../harness/attach';
import { packagedFolder } from '../harness/launch';
import { startUpdateFeed } from '../servers/update-feed';

const program = '/opt/Afterimage/afterimage';

if (process.getuid?.() === 0) {
  test('the deb is installed, started, updated by itself and removed; what was made stays', async () => {
    test.setTimeout(300_000);
    expect(installedVersion(), 'Afterimage is installed here; this test would remove it').toBeNull();
    const work = mkdtempSync(path.join(tmpdir(), 'afterimage-deb-'));
    const dataFolder = path.join(work, 'data');
    const feed = await startUpdateFeed();
    try {
      const deb = builtDeb();
      apt('install', deb);
      expect(installedVersion()).not.toBeNull();
      expect(existsSync('/usr/share/applications/afterimage.desktop')).toBe(true);

      const newer = withVersion(deb, '99.0.0', work);
      feed.publish({ version: '99.0.0', file: path.basename(newer), content: readFileSync(newer) });
      await makePictureAndUpdate(dataFolder, feed.url);
      // It ends, dpkg installs, and the new one starts by itself.
      await expect.poll(installedVersion, { timeout: 60_000 }).toBe('99.0.0');
      await expect.poll(() => ownProcesses().length, { timeout: 30_000 }).toBeGreaterThan(0);
      await endOwnProcesses();

      apt('remove', 'afterimage');
      for (const place of [
        '/opt/Afterimage',
        '/usr/bin/afterimage',
        '/usr/share/applications/afterimage.desktop',
      ]) {
        expect(existsSync(place), place).toBe(false);
      }
      expect(existsSync(path.join(dataFolder, 'afterimage.db'))).toBe(true);
    } finally {
      await endOwnProcesses();
      if (installedVersion() !== null) apt('remove', 'afterimage');
      await feed.close();
      rmSync(work, { recursive: true, force: true, maxRetries: 10 });
    }
  });
} else {
  console.log('The deb is not installed: that takes root.');
}

async function makePictureAndUpdate(dataFolder: string, feedUrl: string): Promise<void> {
  const env = { ...process.env, AFTERIMAGE_DATA_DIR: dataFolder, AFTERIMAGE_UPDATE_FEED: feedUrl };
  const child = spawn('afterimage', ['--no-sandbox', '--remote-debugging-port=0'], {
    env: { ...env, AFTERIMAGE_PROVIDER: 'painter' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const browser = await chromium.connectOverCDP(await debuggerAddress(child));
  const page = await pageOf(browser);
  await say(page, 'generate image of sunset');
  await expectLanded(pictures(page));
  await page.getByRole('link', { name: 'Settings' }).click();
  const section = page.getByRole('region', { name: 'This version' });
  await section.getByRole('button', { name: 'Look for a newer one' }).click();
  await section.getByRole('button', { name: 'Download 99.0.0' }).click();
  await section.getByRole('button', { name: 'Restart to install' }).click({ timeout: 60_000 });
  await exited;
}

function builtDeb(): string {
  const dist = path.dirname(packagedFolder());
  const [name, ...others] = readdirSync(dist).filter((entry) => entry.endsWith('.deb'));
  if (!name || others.length > 0) throw new Error(`There should be one deb in ${dist}.`);
  return path.join(dist, name);
}

/** The same package, only calling itself another version. */
function withVersion(deb: string, version: string, work: string): string {
  const folder = path.join(work, 'newer');
  execFileSync('dpkg-deb', ['--raw-extract', deb, folder]);
  const control = path.join(folder, 'DEBIAN', 'control');
  writeFileSync(control, readFileSync(control, 'utf8').replace(/^Version: .*$/m, `Version: ${version}`));
  const file = path.join(work, `afterimage-${version}.deb`);
  execFileSync('dpkg-deb', ['--root-owner-group', '-Zgzip', '-z1', '--build', folder, file]);
  return file;
}

function apt(command: 'install' | 'remove', what: string): void {
  execFileSync('apt-get', [command, '--yes', '--no-install-recommends', what], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: 'pipe',
  });
}

function installedVersion(): string | null {
  try {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own form.
    const asked = ['--showformat=${db:Status-Status} ${Version}', '--show', 'afterimage'];
    const [status, version] = execFileSync('dpkg-query', asked, { encoding: 'utf8', stdio: 'pipe' }).split(
      ' ',
    );
    return status === 'installed' ? (version ?? null) : null;
  } catch {
    return null;
  }
}

/** All that run the installed program: nobody but this test has installed it. */
function ownProcesses(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((id) => {
      try {
        return id > 0 && readlinkSync(`/proc/${id}/exe`).startsWith(program);
      } catch {
        return false;
      }
    });
}

async function endOwnProcesses(): Promise<void> {
  for (const id of ownProcesses()) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // Its parent took it along.
    }
  }
  await expect.poll(() => ownProcesses().length).toBe(0);
}
