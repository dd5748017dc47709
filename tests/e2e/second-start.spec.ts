// A second start while the first one is ending: it is not lost, nor is what it was to open.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { fillDisk, mountSmallDisk, unmountSmallDisk } from '../faults/full-disk';
import { waitForPage } from '../harness/attach';
import { electronCommand, startSecondInstance } from '../harness/launch';
import { expect, expectLanded, googleEnvironment, pictures, say, test } from './fixture';

test('a link that comes while the app is ending is opened by the start after it', async ({
  dataFolder,
  google,
}) => {
  // A full disk makes the end last until the test has made room.
  const disk = path.join(dataFolder, 'disk');
  const ballast = path.join(disk, 'ballast');
  const problem = mountSmallDisk(disk);
  // biome-ignore lint/suspicious/noSkippedTests: only root may mount, and says so where it is not.
  test.skip(problem !== null, `No small disk could be mounted: ${problem}`);
  // The next start is given the words of the first one, so it listens at the same port.
  const port = await freePort();
  const start = electronCommand({
    dataFolder: disk,
    env: googleEnvironment(google),
    args: [`--remote-debugging-port=${port}`],
  });
  const first: ChildProcess = spawn(start.command, start.args, { env: start.env, stdio: 'ignore' });
  const ended = once(first, 'exit');
  try {
    const page = await waitForPage(await connect(port));
    await say(page, 'a red fox at dawn');
    await expectLanded(pictures(page));
    const wanted = await page.locator('article[data-kind="image"]').getAttribute('data-message-id');
    await page.getByRole('button', { name: 'New chat' }).click();
    google.setDefault({ kind: 'hang' });
    await say(page, 'a blue boat at noon');
    await google.received(2);
    fillDisk(ballast);
    google.release();
    await expect(page.getByRole('region', { name: 'The disk is full' })).toBeVisible();

    // The last window is closed, and the app waits until the picture is kept.
    await page.close();
    expect(await startSecondInstance(disk, [`afterimage://picture/${wanted}`])).toBe(0);
    expect(first.exitCode).toBeNull();
    rmSync(ballast);
    await ended;

    const next = await connect(port);
    await expect((await waitForPage(next)).locator(`[data-message-id="${wanted}"]`)).toBeInViewport();
  } finally {
    first.kill('SIGKILL');
    await ended;
    await endWhatListens(port);
    unmountSmallDisk(disk);
  }
});

test('an AppImage starts itself again, not the program inside it, which goes with it', async ({
  start,
  dataFolder,
}) => {
  const started = path.join(dataFolder, 'the AppImage was started');
  const image = path.join(dataFolder, 'Afterimage.AppImage');
  writeFileSync(image, `#!/bin/sh\nexec touch '${started}'\n`, { mode: 0o755 });
  const { command } = electronCommand({ dataFolder });
  const { page, electron } = await start({ env: { APPIMAGE: image, APPDIR: path.dirname(command) } });
  const closed = electron.waitForEvent('close');
  // The page may be gone before it has answered.
  await page.evaluate(() => void window.afterimage.request('app:restart', {})).catch(() => {});
  await closed;
  await expect.poll(() => existsSync(started)).toBe(true);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

/** Waits until an app listens there. */
async function connect(port: number): Promise<Browser> {
  let browser: Browser | null = null;
  await expect(async () => {
    browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  }).toPass();
  if (!browser) throw new Error(`Nothing listens at ${port}.`);
  return browser;
}

/** The next start is no child of this process. */
async function endWhatListens(port: number): Promise<void> {
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`).catch(() => null);
  const session = await browser?.newBrowserCDPSession();
  // It may be gone before it has answered.
  await session?.send('Browser.close').catch(() => {});
}
