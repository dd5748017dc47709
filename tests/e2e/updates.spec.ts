// Updates from a loopback feed. The app is told that it is an AppImage, which is what a Linux program needs to be to
// replace itself; what stands in for the AppImage is a script that says it was started.
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { startUpdateFeed } from '../servers/update-feed';
import { expect, test as ordinary } from './fixture';

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
  // Some size, so that half of it is something.
  const content = Buffer.from(script + `# ${'x'.repeat(78)}\n`.repeat(5_000));
  return { version, file: `Afterimage-${version}.AppImage`, content, notes };
}

async function openSection(page: Page) {
  await page.getByRole('link', { name: 'Settings' }).click();
  return page.getByRole('region', { name: 'This version' });
}

test('a newer version is told of, downloaded when it is asked for, and installed by a restart', async ({
  start,
  feed,
  program,
  dataFolder,
}) => {
  const release = newProgram('99.0.0', dataFolder);
  feed.publish(release);
  const { page, electron } = await start({
    env: { AFTERIMAGE_UPDATE_FEED: feed.url, APPIMAGE: program },
  });
  const section = await openSection(page);
  await section.getByRole('button', { name: 'Look for a newer one' }).click();
  await expect(section.getByText('99.0.0 is available.')).toBeVisible();
  // The notes are text: nothing of them is markup.
  await expect(section.getByRole('region', { name: 'What is new in 99.0.0' })).toHaveText(
    /Better skies\.\s+& faster starts\./,
  );
  expect(await section.locator('img').count()).toBe(0);
  expect(feed.requests).toEqual(['latest-linux.yml']);

  await page.getByRole('link', { name: 'Chat' }).click();
  await page.getByRole('button', { name: 'What is new' }).click();
  await expect(section.getByRole('region', { name: 'What is new in 99.0.0' })).toBeInViewport();
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

for (const [delivery, reason] of [
  ['tampered', 'The downloaded update does not match the published one'],
  ['cut', 'The update could not be downloaded.'],
] as const) {
  test(`a download that is ${delivery} changes nothing, says so, and can be tried again`, async ({
    start,
    feed,
    program,
    dataFolder,
  }) => {
    feed.publish(newProgram('99.0.0', dataFolder));
    feed.deliver(delivery);
    const { page } = await start({ env: { AFTERIMAGE_UPDATE_FEED: feed.url, APPIMAGE: program } });
    const section = await openSection(page);
    await section.getByRole('button', { name: 'Look for a newer one' }).click();
    await section.getByRole('button', { name: 'Download 99.0.0' }).click();
    await expect(section.getByRole('alert')).toContainText(reason);
    expect(readFileSync(program, 'utf8')).toBe('the old program');
    const pending = path.join(dataFolder, 'updates', 'pending');
    expect(readdirSync(pending).filter((name) => name.endsWith('.AppImage'))).toEqual([]);

    feed.deliver('whole');
    await section.getByRole('button', { name: 'Download 99.0.0' }).click();
    await expect(section.getByRole('button', { name: 'Restart to install' })).toBeVisible();
  });
}

test('an older version is no update', async ({ start, feed, program, dataFolder }) => {
  feed.publish(newProgram('0.0.1', dataFolder));
  const { page } = await start({ env: { AFTERIMAGE_UPDATE_FEED: feed.url, APPIMAGE: program } });
  const section = await openSection(page);
  await section.getByRole('button', { name: 'Look for a newer one' }).click();
  await expect(section.getByText('The newest there is, as of')).toBeVisible();
});

test('a feed that does not answer is told only to who asks; without a feed nothing is asked', async ({
  start,
  feed,
}) => {
  const first = await start({ env: { AFTERIMAGE_UPDATE_FEED: feed.url } });
  const section = await openSection(first.page);
  await section.getByRole('button', { name: 'Look for a newer one' }).click();
  await expect(section.getByRole('alert')).toContainText('Check the connection');
  await first.quit();

  const { page } = await start();
  const silent = await openSection(page);
  await expect(silent.getByText('does not look for newer versions by itself')).toBeVisible();
  await expect(silent.getByRole('button', { name: 'Look for a newer one' })).toHaveCount(0);
});
