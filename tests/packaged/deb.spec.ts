// The Debian package on the real system: install, start, update from a feed, remove. Runs only as root, and only if
// Afterimage is not installed.
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
import { expectFullPicture, pictures, sendMessage } from '../e2e/fixture';
import { appEnvironment } from '../harness/app-environment';
import { readDebuggerAddress, waitForPage } from '../harness/attach';
import { packagedFolder } from '../harness/launch';
import { startUpdateFeed } from '../servers/update-feed';

const program = '/opt/Afterimage/afterimage';

if (process.getuid?.() === 0) {
  test('the deb installs, starts, updates itself and is removed without deleting the user data', async () => {
    test.setTimeout(300_000);
    expect(
      installedVersion(),
      'Afterimage is installed on this system, and this test would remove it',
    ).toBeNull();
    const workFolder = mkdtempSync(path.join(tmpdir(), 'afterimage-deb-'));
    const dataFolder = path.join(workFolder, 'data');
    const feed = await startUpdateFeed();
    try {
      const deb = builtDeb();
      apt('install', deb);
      expect(installedVersion()).not.toBeNull();
      expect(existsSync('/usr/share/applications/afterimage.desktop')).toBe(true);

      const newer = withVersion(deb, '99.0.0', workFolder);
      feed.publish({ version: '99.0.0', file: path.basename(newer), content: readFileSync(newer) });
      await makePictureAndUpdate(dataFolder, feed.url);
      // The app quits, dpkg installs the new version, and the new version starts.
      await expect.poll(installedVersion, { timeout: 60_000 }).toBe('99.0.0');
      await expect.poll(() => appProcesses().length, { timeout: 30_000 }).toBeGreaterThan(0);
      await killAppProcesses();

      apt('remove', 'afterimage');
      for (const file of [
        '/opt/Afterimage',
        '/usr/bin/afterimage',
        '/usr/share/applications/afterimage.desktop',
      ]) {
        expect(existsSync(file), file).toBe(false);
      }
      expect(existsSync(path.join(dataFolder, 'afterimage.db'))).toBe(true);
    } finally {
      await killAppProcesses();
      if (installedVersion() !== null) apt('remove', 'afterimage');
      await feed.close();
      rmSync(workFolder, { recursive: true, force: true, maxRetries: 10 });
    }
  });
} else {
  console.log('Skipping the deb test: it must run as root.');
}

async function makePictureAndUpdate(dataFolder: string, feedUrl: string): Promise<void> {
  const env = appEnvironment(process.env, dataFolder, {
    AFTERIMAGE_UPDATE_FEED: feedUrl,
    AFTERIMAGE_PROVIDER: 'painter',
  });
  const child = spawn('afterimage', ['--no-sandbox', '--remote-debugging-port=0'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const browser = await chromium.connectOverCDP(await readDebuggerAddress(child));
  const page = await waitForPage(browser);
  await sendMessage(page, 'generate image of sunset');
  await expectFullPicture(pictures(page));
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'About' }).click();
  const section = page.getByRole('region', { name: 'This version' });
  await section.getByRole('button', { name: 'Look for a newer one' }).click();
  await section.getByRole('button', { name: 'Download 99.0.0' }).click();
  await section.getByRole('button', { name: 'Restart to install' }).click({ timeout: 60_000 });
  await exited;
}

function builtDeb(): string {
  const dist = path.dirname(packagedFolder());
  const [name, ...others] = readdirSync(dist).filter((entry) => entry.endsWith('.deb'));
  if (!name || others.length > 0) throw new Error(`Expected exactly one deb in ${dist}.`);
  return path.join(dist, name);
}

/** @returns a copy of the package with another version number. */
function withVersion(deb: string, version: string, workFolder: string): string {
  const folder = path.join(workFolder, 'newer');
  execFileSync('dpkg-deb', ['--raw-extract', deb, folder]);
  const control = path.join(folder, 'DEBIAN', 'control');
  writeFileSync(control, readFileSync(control, 'utf8').replace(/^Version: .*$/m, `Version: ${version}`));
  const file = path.join(workFolder, `afterimage-${version}.deb`);
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
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is dpkg-query's own syntax.
    const args = ['--showformat=${db:Status-Status} ${Version}', '--show', 'afterimage'];
    const [status, version] = execFileSync('dpkg-query', args, { encoding: 'utf8', stdio: 'pipe' }).split(
      ' ',
    );
    return status === 'installed' ? (version ?? null) : null;
  } catch {
    return null;
  }
}

/** @returns the ids of all processes of the installed program. Only this test has started them. */
function appProcesses(): number[] {
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

async function killAppProcesses(): Promise<void> {
  for (const id of appProcesses()) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // The process has exited with its parent.
    }
  }
  await expect.poll(() => appProcesses().length).toBe(0);
}
