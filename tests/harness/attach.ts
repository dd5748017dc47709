// Looks into a program that runs already, through its debugging port: what Playwright did not start.
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Browser, Page } from '@playwright/test';

/** @returns where Chromium listens, of a program started with `--remote-debugging-port=0` and a pipe for its errors. */
export function debuggerAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('The app ended before it could be measured.')));
    if (!child.stderr) return reject(new Error('The app has no standard error.'));
    createInterface(child.stderr).on('line', (line) => {
      const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
  });
}

/** @returns the app's page, its composer on screen. */
export async function pageOf(browser: Browser): Promise<Page> {
  const [context] = browser.contexts();
  if (!context) throw new Error('The app has no window.');
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  return page;
}
