// Updates from a loopback feed. The app believes that it runs from an AppImage, because on Linux only an AppImage can
// replace itself. A script stands in for the new AppImage and records that it was started.
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type {} from '../../renderer/ipc';
import { electronCommand } from '../harness/launch';
import { startUpdateFeed } from '../servers/update-feed';
import { expect, openSettings, test as ordinary, showAddress, untilDead } from './fixture';

type Feed = Awaited<ReturnType<typeof startUpdateFeed>>;

const test = ordinary.extend<{ feed: Feed; program: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
  async feed({}, use) {
    const feed = await startUpdateFeed();
    await use(feed);
    await feed.close();
  },
  async program({ dataFolder }, use) {
    const file = path.join(dataFolder, 'Afterimage.AppImage');
    writeFileSync(file, 'the old program');
    chmodSync(file, 0o755);
    await use(file);
  },
});

const notes = 'Better skies.\n\n<img src=x onerror=alert(1)> & faster <b>starts</b>.';

function newProgram(version: string, dataFolder: string) {
  const script = `#!/bin/sh\nexec touch '${path.join(dataFolder, 'new-program-started')}'\n`;
  // Large enough to be cut off in the middle.
  const content = Buffer.from(script + `# ${'x'.repeat(78)}\n`.repeat(5_000));
  return { version, file: `Afterimage-${version}.AppImage`, content, notes };
}

async function openSection(page: Page) {
  await openSettings(page, 'About');
  return page.getByRole('region', { name: 'This version' });
}

test('reports what fails on request only, offers no older version, and installs a newer one on restart', async ({
  start,
  feed,
  program,
  dataFolder,
}) => {
  const { page, electron } = await start({
    env: { AFTERIMAGE_UPDATE_FEED: feed.url, APPIMAGE: program },
  });
  const section = await openSection(page);
  const look = section.getByRole('button', { name: 'Look for a newer one' });
  const release = newProgram('99.0.0', dataFolder);

  await test.step('About and Privacy say the same about what is asked, and when', async () => {
    const server = new URL(feed.url).host;
    const byItself = `Afterimage asks ${server} for the newest version shortly after each start, and then once a day.`;
    const whenAsked = `Afterimage asks ${server} for the newest version only when you press “Look for a newer one” in “About”.`;
    await expect(section.getByText(byItself)).toBeVisible();
    await openSettings(page, 'Privacy');
    await expect(page.getByText(byItself)).toBeVisible();
    await page.getByRole('switch', { name: 'Check for newer versions automatically' }).uncheck();
    await expect(page.getByText(whenAsked)).toBeVisible();
    await openSettings(page, 'About');
    await expect(section.getByText(whenAsked)).toBeVisible();
  });

  await test.step('a feed that does not respond is reported', async () => {
    await look.click();
    await expect(section.getByRole('alert')).toContainText('Check the connection');
  });

  await test.step('an older version is not offered', async () => {
    feed.publish(newProgram('0.0.1', dataFolder));
    await look.click();
    await expect(section.getByText('Up to date, checked on')).toBeVisible();
  });

  await test.step('a newer version is found, and not downloaded by itself', async () => {
    feed.publish(release);
    feed.requests.length = 0;
    await look.click();
    await expect(section.getByText('99.0.0 is available.')).toBeVisible();
    // The notes are shown as plain text.
    await expect(section.getByRole('region', { name: 'What’s new in 99.0.0' })).toHaveText(
      /Better skies\.\s+& faster starts\./,
    );
    await expect(section.locator('img')).toHaveCount(0);
    expect(feed.requests).toEqual(['latest-linux.yml']);
    // Nothing tells this installation from another one.
    expect([...feed.userIds]).toEqual(['00000000-0000-0000-0000-000000000000']);
  });

  for (const [delivery, reason] of [
    ['tampered', 'The downloaded update does not match the published one'],
    ['cut', 'The update could not be downloaded.'],
  ] as const) {
    await test.step(`a download that is ${delivery} is reported, changes nothing and allows a retry`, async () => {
      feed.deliver(delivery);
      await section.getByRole('button', { name: 'Download 99.0.0' }).click();
      await expect(section.getByRole('alert')).toContainText(reason);
      expect(readFileSync(program, 'utf8')).toBe('the old program');
      const pending = path.join(dataFolder, 'updates', 'pending');
      // The updater removes its part after it has reported the failure.
      await expect.poll(() => readdirSync(pending).filter((name) => name.endsWith('.AppImage'))).toEqual([]);
    });
  }

  await test.step('a whole one is downloaded on request and installed on restart', async () => {
    feed.deliver('whole');
    await page.getByRole('link', { name: 'Chat' }).click();
    await page.getByRole('button', { name: 'What’s new' }).click();
    await expect(section.getByRole('region', { name: 'What’s new in 99.0.0' })).toBeInViewport();
    await page.getByRole('link', { name: 'Chat' }).click();
    await page.getByRole('button', { name: 'Download' }).click();
    await expect(page.getByText('Afterimage 99.0.0 is ready')).toBeVisible();
    expect(readFileSync(program, 'utf8')).toBe('the old program');

    const closed = electron.waitForEvent('close');
    await page.getByRole('button', { name: 'Restart to install' }).click();
    await closed;
    expect(readFileSync(program)).toEqual(release.content);
    await expect.poll(() => existsSync(path.join(dataFolder, 'new-program-started'))).toBe(true);
  });
});

test('without a feed, never checks, and restarts the AppImage instead of the executable inside it', async ({
  start,
  dataFolder,
}) => {
  const started = path.join(dataFolder, 'the AppImage was started');
  const image = path.join(dataFolder, 'Afterimage.AppImage');
  writeFileSync(image, `#!/bin/sh\nexec touch '${started}'\n`, { mode: 0o755 });
  // The executable inside is unmounted when the app ends.
  const { command } = electronCommand({ dataFolder });
  const { page, electron } = await start({ env: { APPIMAGE: image, APPDIR: path.dirname(command) } });

  await test.step('no check is offered', async () => {
    const section = await openSection(page);
    const words = 'This copy does not check for updates.';
    await expect(section.getByText(words)).toBeVisible();
    // Privacy says the same, and has nothing to switch.
    await showAddress(page, 'settings/privacy/checkForUpdates', 'Settings');
    const allowed = page.getByRole('switch', { name: 'Check for newer versions automatically' });
    await expect(allowed).toBeDisabled();
    await expect(page.getByText(words)).toBeVisible();
    await showAddress(page, 'settings/about', 'Settings');
    await expect(section.getByRole('button', { name: 'Look for a newer one' })).toHaveCount(0);
  });

  await test.step('a restart starts the AppImage', async () => {
    await untilDead({ electron }, () =>
      page.evaluate(() => void window.afterimage.request('app:restart', {})),
    );
    await expect.poll(() => existsSync(started)).toBe(true);
  });
});
