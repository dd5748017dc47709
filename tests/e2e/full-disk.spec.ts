// A full disk: the message stays in the composer, and a banner explains why until there is room.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { fillDisk, mountSmallDisk, unmountSmallDisk } from '../faults/full-disk';
import { expect, expectFullPicture, googleEnvironment, pictures, sendMessage, test } from './fixture';

/** Runs a test with its data folder on a small disk that can be filled. */
async function onSmallDisk(
  dataFolder: string,
  work: (disk: string, ballast: string) => Promise<void>,
): Promise<void> {
  const disk = path.join(dataFolder, 'disk');
  const problem = mountSmallDisk(disk);
  // biome-ignore lint/suspicious/noSkippedTests: only root may mount; the skip message says so.
  test.skip(problem !== null, `The small disk could not be mounted: ${problem}`);
  try {
    await work(disk, path.join(disk, 'ballast'));
  } finally {
    unmountSmallDisk(disk);
  }
}

test('a full disk keeps the typed message, shows a banner, and sends once there is room', ({
  dataFolder,
  start,
}) =>
  onSmallDisk(dataFolder, async (disk, ballast) => {
    const { page, kill } = await start({ env: { AFTERIMAGE_DATA_DIR: disk } });
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page));
    const banner = page.getByRole('region', { name: 'The disk is full' });
    await expect(banner).toHaveCount(0);

    fillDisk(ballast);
    const text = `draw a lighthouse in a storm, ${'very '.repeat(2000)}tall`;
    await sendMessage(page, text);
    await expect(banner).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue(text);
    await expect(page.locator('article')).toHaveCount(2);

    rmSync(ballast);
    await expect(banner).toHaveCount(0);
    await page.getByRole('textbox', { name: 'Message' }).press('Enter');
    await expectFullPicture(pictures(page).nth(1));
    await kill();
  }));

test('quitting closes the windows first and ends once a received picture is stored', ({
  dataFolder,
  start,
  google,
}) =>
  onSmallDisk(dataFolder, async (disk, ballast) => {
    google.setDefault({ kind: 'hang' });
    const env = { ...googleEnvironment(google), AFTERIMAGE_DATA_DIR: disk };
    const { page, electron } = await start({ env });
    await sendMessage(page, 'a red fox at dawn');
    await google.received(1);
    await expect(page.locator('article[data-status="generating"]')).toHaveCount(1);
    fillDisk(ballast);
    google.release();
    await expect(page.getByRole('region', { name: 'The disk is full' })).toBeVisible();

    const ended = electron.waitForEvent('close');
    const visible = await electron.evaluate(({ app, BrowserWindow }) => {
      app.quit();
      return BrowserWindow.getAllWindows().map((window) => window.isVisible());
    });
    expect(visible).toEqual([false]);
    rmSync(ballast);
    await ended;

    const again = await start({ env });
    await expect(again.page.locator('article[data-kind="image"]')).toHaveAttribute('data-status', 'ready');
    await expectFullPicture(pictures(again.page));
    expect(google.requests).toHaveLength(1);
    await again.kill();
  }));

test('a picture that arrives on a full disk waits for room without a second request', ({
  dataFolder,
  start,
  google,
}) =>
  onSmallDisk(dataFolder, async (disk, ballast) => {
    google.setDefault({ kind: 'hang' });
    const { page, kill } = await start({ env: { ...googleEnvironment(google), AFTERIMAGE_DATA_DIR: disk } });
    await sendMessage(page, 'a red fox at dawn');
    await google.received(1);
    await expect(page.locator('article[data-status="generating"]')).toHaveCount(1);
    fillDisk(ballast);
    google.release();
    const banner = page.getByRole('region', { name: 'The disk is full' });
    await expect(banner).toBeVisible();
    await expect(pictures(page)).toHaveAttribute('aria-busy', 'true');

    rmSync(ballast);
    await expectFullPicture(pictures(page));
    await expect(banner).toHaveCount(0);
    expect(google.requests).toHaveLength(1);
    await kill();
  }));
