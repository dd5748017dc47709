// A start that fails says why and ends with a non-zero exit code; it never looks like a second start.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mountSmallDisk, unmountSmallDisk } from '../faults/full-disk';
import { startSecondInstance } from '../harness/launch';
import { refuseLinksIn } from '../harness/refuse-links';
import { startApp } from '../harness/run-to-end';
import { expect, expectFullPicture, pictures, redFox, test } from './fixture';

/** Nobody could close a dialog. */
const unattended = { AFTERIMAGE_UNATTENDED: '1' };

async function expectFailure(
  dataFolder: string,
  words: string,
  { args = [], env = {} }: { args?: string[]; env?: Record<string, string> } = {},
): Promise<void> {
  const { output, ended } = startApp({ dataFolder, env: { ...unattended, ...env }, args });
  expect(await ended).toBe(1);
  expect(output()).toContain('Afterimage cannot start: ');
  expect(output()).toContain(words);
}

/** Runs a test with its data folder on a disk that allows no writes. */
async function onReadOnlyDisk(dataFolder: string, work: (disk: string) => Promise<void>): Promise<void> {
  const disk = path.join(dataFolder, 'disk');
  const problem = mountSmallDisk(disk);
  // biome-ignore lint/suspicious/noSkippedTests: only root may mount; the skip message says so.
  test.skip(problem !== null, `The small disk could not be mounted: ${problem}`);
  try {
    mkdirSync(path.join(disk, 'images'));
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    await work(disk);
  } finally {
    unmountSmallDisk(disk);
  }
}

test('a read-only data folder is named', ({ dataFolder }) =>
  onReadOnlyDisk(dataFolder, (disk) =>
    expectFailure(disk, `Afterimage may not write to the data folder ${disk}.`),
  ));

test('a failed start shows a dialog, and ends with 1 when it is closed', ({ dataFolder }) =>
  onReadOnlyDisk(dataFolder, async (disk) => {
    const { child, ended } = startApp({ dataFolder: disk, env: { AFTERIMAGE_UNATTENDED: undefined } });
    await expect.poll(windowTitles).toContain('"Afterimage cannot start"');
    expect(child.exitCode).toBeNull();
    child.kill('SIGTERM');
    expect(await ended).toBe(1);
  }));

test('a data folder below a file is named', async ({ dataFolder }) => {
  const file = path.join(dataFolder, 'file');
  writeFileSync(file, '');
  await expectFailure(path.join(file, 'data'), `could not create the data folder ${file}/data`);
});

test('a data folder where the system refuses every name is named', async () => {
  await expectFailure('/proc/afterimage', 'could not create the data folder /proc/afterimage');
});

test('a bug before the first window ends the start', async ({ dataFolder }) => {
  const script = path.join(dataFolder, 'throw.cjs');
  writeFileSync(
    script,
    "require('electron').app.whenReady().then(() => { throw new Error('an injected bug'); });",
  );
  await expectFailure(path.join(dataFolder, 'data'), 'Error: an injected bug', {
    args: ['-r', script],
  });
});

test('a page that crashes again before it is visible ends the start', async ({ dataFolder }) => {
  const script = path.join(dataFolder, 'crash.cjs');
  writeFileSync(
    script,
    `require('electron').app.on('web-contents-created', (_event, contents) => {
       contents.on('did-frame-navigate', () => contents.forcefullyCrashRenderer());
     });`,
  );
  await expectFailure(path.join(dataFolder, 'data'), 'The renderer process ended twice', {
    args: ['-r', script],
  });
});

test('a disk without symbolic links serves one instance at a time, also after a kill', async ({
  startWithPictures,
  start,
  dataFolder,
}) => {
  const env = refuseLinksIn(dataFolder);
  // biome-ignore lint/suspicious/noSkippedTests: the reason is in the skip message.
  test.skip(env === null, 'There is no C compiler to build the library that refuses symbolic links.');
  if (env === null) return;
  const first = await startWithPictures(redFox, { env });
  await expectFullPicture(pictures(first.page));
  expect(readdirSync(dataFolder).filter((name) => name.startsWith('Singleton'))).toEqual([]);
  const id = await first.page.locator('article[data-kind="image"]').getAttribute('data-message-id');
  await first.page.getByRole('button', { name: 'New chat' }).click();
  await expect(pictures(first.page)).toHaveCount(0);
  expect(await startSecondInstance(dataFolder, [`afterimage://picture/${id}`], env)).toBe(0);
  await expect(first.page.locator(`[data-message-id="${id}"]`)).toBeInViewport();
  await first.kill();

  const second = await start({ env });
  await expectFullPicture(pictures(second.page));
});

test('a disk without symbolic links names the folder that it needs if there is none', async ({
  dataFolder,
}) => {
  const env = refuseLinksIn(dataFolder);
  // biome-ignore lint/suspicious/noSkippedTests: the reason is in the skip message.
  test.skip(env === null, 'There is no C compiler to build the library that refuses symbolic links.');
  await expectFailure(dataFolder, 'needs the folder /proc/afterimage-', { env: { ...env, TMPDIR: '/proc' } });
});

/** Returns the titles of all windows of the display, with their quotes. */
function windowTitles(): string {
  // It fails if a window is closed while it lists them.
  return spawnSync('xwininfo', ['-root', '-tree'], { encoding: 'utf8' }).stdout;
}
