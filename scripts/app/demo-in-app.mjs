// The demo: opens the app on a fresh data folder, asks for a picture, waits for it to fade in, writes a screenshot
// and prints how long each thing took.

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { _electron } from '@playwright/test';
import { projectRoot } from '../lib/paths.mjs';
import { runScript, SetupError } from '../lib/report.mjs';

const request = 'generate image of sunset';
const screenshot = join(projectRoot, 'dist', 'demo', 'screenshot.png');
const waitMs = 60_000;

await runScript(async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'afterimage-demo-'));
  try {
    const timings = await play(dataFolder);
    printTable([
      ['Start to window', timings.windowMs],
      ['Enter to placeholder', timings.placeholderMs],
      ['Enter to picture on screen', timings.pictureMs],
    ]);
    console.log(`Screenshot: ${relative(process.cwd(), screenshot)}`);
  } finally {
    // An app that was stopped by a signal may still be writing its last files.
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 10 });
  }
});

async function play(dataFolder) {
  const switches = process.env.AFTERIMAGE_ELECTRON_ARGS.split(' ').filter(Boolean);
  const started = performance.now();
  const app = await step('The app did not start', () =>
    _electron.launch({
      executablePath: process.env.AFTERIMAGE_ELECTRON,
      args: [...switches, projectRoot],
      // Otherwise Playwright switches the sandbox off for everybody.
      chromiumSandbox: switches.length === 0,
      env: { ...process.env, AFTERIMAGE_DATA_DIR: dataFolder, AFTERIMAGE_PROVIDER: 'painter' },
      timeout: waitMs,
    }),
  );
  try {
    const page = await step('The app opened no window', () => app.firstWindow({ timeout: waitMs }));
    const message = page.getByRole('textbox', { name: 'Message' });
    await step('The window shows no place to write a message', () => message.waitFor({ timeout: waitMs }));
    const windowMs = performance.now() - started;
    await message.fill(request);
    const watched = await page.evaluateHandle(watchPicture);
    await message.press('Enter');
    const picture = page.locator('[data-testid="picture"]');
    await step('No placeholder appeared', () => picture.waitFor({ timeout: waitMs }));
    await step('The picture did not appear', () =>
      page.locator('[data-testid="picture"][data-visible="full"]').waitFor({ timeout: waitMs }),
    );
    await step('The picture did not finish fading in', () =>
      page.waitForFunction(hasFadedIn, null, { timeout: waitMs }),
    );
    await mkdir(join(projectRoot, 'dist', 'demo'), { recursive: true });
    await page.screenshot({ path: screenshot });
    return { windowMs, ...(await watched.evaluate((times) => times)) };
  } finally {
    await app.close();
  }
}

/** Runs in the page: notes when, after Enter, the placeholder and then the full picture are in the document. */
function watchPicture() {
  const times = {};
  let enterAt = 0;
  const note = () => {
    const picture = document.querySelector('[data-testid="picture"]');
    if (picture) times.placeholderMs ??= performance.now() - enterAt;
    if (picture?.dataset.visible === 'full') times.pictureMs ??= performance.now() - enterAt;
  };
  const options = { subtree: true, childList: true, attributeFilter: ['data-visible'] };
  const begin = (event) => {
    enterAt = event.timeStamp;
    new MutationObserver(note).observe(document.body, options);
  };
  addEventListener('keydown', begin, { capture: true, once: true });
  return times;
}

/** Runs in the page. */
function hasFadedIn() {
  const images = [...document.querySelectorAll('[data-testid="picture"] img')];
  return images.length > 0 && getComputedStyle(images.at(-1)).opacity === '1';
}

async function step(whatWentWrong, work) {
  try {
    return await work();
  } catch (error) {
    // Playwright's message goes on with all that the app printed.
    const [reason] = error.message.split('\n');
    throw new SetupError(
      `The demo failed. ${whatWentWrong}: ${reason}\nDEBUG=pw:browser shows what the app said.`,
    );
  }
}

function printTable(rows) {
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, ms] of rows) console.log(`${name.padEnd(width)}  ${ms.toFixed(0).padStart(6)} ms`);
}
