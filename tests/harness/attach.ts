// Attaches to an app that Playwright did not start, through its debugging port.
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type Browser, chromium, expect, type Page } from '@playwright/test';

/**
 * @param child a program started with `--remote-debugging-port=0` and a pipe for its standard error.
 * @returns the address of its DevTools server.
 */
export function readDebuggerAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('The app ended before it could be measured.')));
    if (!child.stderr) return reject(new Error('The app has no standard error.'));
    createInterface(child.stderr).on('line', (line) => {
      const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
  });
}

/** @returns the app's page once it shows the composer. */
export async function waitForPage(browser: Browser): Promise<Page> {
  const [context] = browser.contexts();
  if (!context) throw new Error('The app has no window.');
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  return page;
}

/** Waits until an app listens on the port. */
export async function connect(port: number): Promise<Browser> {
  let browser: Browser | null = null;
  await expect(async () => {
    browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  }).toPass();
  if (!browser) throw new Error(`Nothing listens at ${port}.`);
  return browser;
}
