// A second start while the first instance is quitting is not lost, and neither is the link that it should open.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { freePort } from '../../electron/main/engine/server/free-port';
import { fillDisk, mountSmallDisk, unmountSmallDisk } from '../faults/full-disk';
import { connect, waitForPage } from '../harness/attach';
import { electronCommand, startSecondInstance } from '../harness/launch';
import { expect, expectFullPicture, googleEnvironment, pictures, redFox, sendMessage, test } from './fixture';

test('opens a link that arrives while the app is quitting after the next start', async ({
  dataFolder,
  google,
  madePictures,
}) => {
  // A full disk delays the quit until the test frees space.
  const disk = path.join(dataFolder, 'disk');
  const ballast = path.join(disk, 'ballast');
  const problem = mountSmallDisk(disk);
  // biome-ignore lint/suspicious/noSkippedTests: only root may mount a disk; the reason is reported.
  test.skip(problem !== null, `No small disk could be mounted: ${problem}`);
  try {
    await madePictures.copyTo(disk, redFox);
    // The next start has the arguments of the first one, so it listens on the same port.
    const port = await freePort();
    const start = electronCommand({
      dataFolder: disk,
      // The quit ends when the test has freed space, however long the second start takes.
      env: { ...googleEnvironment(google), AFTERIMAGE_QUIT_WAIT_MS: '9999999' },
      args: [`--remote-debugging-port=${port}`],
    });
    const first: ChildProcess = spawn(start.command, start.args, { env: start.env, stdio: 'ignore' });
    const exited = once(first, 'exit');
    try {
      const page = await waitForPage(await connect(port));
      await expectFullPicture(pictures(page));
      const wanted = await page.locator('article[data-kind="image"]').getAttribute('data-message-id');
      await page.getByRole('button', { name: 'New chat' }).click();
      google.setDefault({ kind: 'hang' });
      await sendMessage(page, 'a blue boat at noon');
      await google.received(1);
      fillDisk(ballast);
      google.release();
      await expect(page.getByRole('region', { name: 'The disk is full' })).toBeVisible();

      // The app quits when its last window closes, but waits until the picture is stored.
      await page.close();
      // It would not end by itself if the first instance no longer held the folder.
      expect(await startSecondInstance(disk, [`afterimage://picture/${wanted}`])).toBe(0);
      rmSync(ballast);
      await exited;

      const next = await connect(port);
      await expect((await waitForPage(next)).locator(`[data-message-id="${wanted}"]`)).toBeInViewport();
    } finally {
      first.kill('SIGKILL');
      await exited;
      await closeApp(port);
    }
  } finally {
    unmountSmallDisk(disk);
  }
});

/** Ends the next start, which is not a child of this process. */
async function closeApp(port: number): Promise<void> {
  // If the test has failed before, none may listen.
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`).catch(() => null);
  const session = await browser?.newBrowserCDPSession();
  // The app may close before it replies.
  await session?.send('Browser.close').catch(() => {});
}
