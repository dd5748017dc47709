// The demo: opens the app with an empty data folder, requests a picture, waits until it has faded in, writes a
// screenshot and prints the times.

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { _electron } from '@playwright/test';
import { projectRoot } from '../lib/paths.mjs';
import { runScript, SetupError } from '../lib/report.mjs';

const prompt = 'generate image of sunset';
const screenshot = join(projectRoot, 'dist', 'demo', 'screenshot.png');
const timeoutMs = 60_000;

await runScript(async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'afterimage-demo-'));
  try {
    const timings = await runDemo(dataFolder);
    printTable([
      ['Start to window', timings.windowMs],
      ['Enter to placeholder', timings.placeholderMs],
      ['Enter to picture on screen', timings.pictureMs],
    ]);
    console.log(`Screenshot: ${relative(process.cwd(), screenshot)}`);
  } finally {
    // An app that was ended by a signal may still be writing files.
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 10 });
  }
});

async function runDemo(dataFolder) {
  const switches = (process.env.AFTERIMAGE_ELECTRON_ARGS ?? '').split(' ').filter(Boolean);
  const started = performance.now();
  const app = await step('The app did not start', () =>
    _electron.launch({
      executablePath: process.env.AFTERIMAGE_ELECTRON,
      args: [...switches, projectRoot],
      // Playwright disables the sandbox by default.
      chromiumSandbox: switches.length === 0,
      env: {
        ...{ ...process.env, AFTERIMAGE_DATA_DIR: dataFolder, AFTERIMAGE_PROVIDER: 'painter' },
        // The demo finds the message box by its English name.
        AFTERIMAGE_LANGUAGE: 'en',
      },
      timeout: timeoutMs,
    }),
  );
  try {
    const page = await step('The app did not open a window', () => app.firstWindow({ timeout: timeoutMs }));
    const message = page.getByRole('textbox', { name: 'Message' });
    await step('The message box did not appear', () => message.waitFor({ timeout: timeoutMs }));
    const windowMs = performance.now() - started;
    await message.fill(prompt);
    const watched = await page.evaluateHandle(watchPicture);
    await message.press('Enter');
    const picture = page.locator('[data-testid="picture"]');
    await step('No placeholder appeared', () => picture.waitFor({ timeout: timeoutMs }));
    await step('The picture did not appear', () =>
      page.locator('[data-testid="picture"][data-visible="full"]').waitFor({ timeout: timeoutMs }),
    );
    await step('The picture did not finish fading in', () =>
      page.waitForFunction(hasFadedIn, null, { timeout: timeoutMs }),
    );
    await mkdir(join(projectRoot, 'dist', 'demo'), { recursive: true });
    await page.screenshot({ path: screenshot });
    return { windowMs, ...(await watched.evaluate((times) => times)) };
  } finally {
    await app.close();
  }
}

/** Runs in the page. Records when the placeholder and the full picture appear in the document after Enter. */
function watchPicture() {
  /** @type {{ placeholderMs?: number, pictureMs?: number }} */
  const times = {};
  let enterAt = 0;
  const record = () => {
    /** @type {HTMLElement | null} */
    const picture = document.querySelector('[data-testid="picture"]');
    if (picture) times.placeholderMs ??= performance.now() - enterAt;
    if (picture?.dataset.visible === 'full') times.pictureMs ??= performance.now() - enterAt;
  };
  const options = { subtree: true, childList: true, attributeFilter: ['data-visible'] };
  const observe = (event) => {
    enterAt = event.timeStamp;
    new MutationObserver(record).observe(document.body, options);
  };
  addEventListener('keydown', observe, { capture: true, once: true });
  return times;
}

/** Runs in the page. */
function hasFadedIn() {
  const last = [...document.querySelectorAll('[data-testid="picture"] img')].at(-1);
  return last !== undefined && getComputedStyle(last).opacity === '1';
}

async function step(failure, work) {
  try {
    return await work();
  } catch (error) {
    // The other lines of Playwright's message contain the app's output.
    const [reason] = error.message.split('\n');
    throw new SetupError(
      `The demo failed. ${failure}: ${reason}\nSet DEBUG=pw:browser to see the app's output.`,
    );
  }
}

function printTable(rows) {
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, ms] of rows) console.log(`${name.padEnd(width)}  ${ms.toFixed(0).padStart(6)} ms`);
}
