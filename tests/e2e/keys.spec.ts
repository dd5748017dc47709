// API keys work immediately and are not stored or shown in plain text.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, expectFullPicture, pictures, sendMessage, showAddress, test } from './fixture';
import { crashApp, findFilesContaining } from './key-traces';

const key = 'AIzaSy-never-to-be-seen-again-4711';

async function setKey(page: Page, value: string): Promise<void> {
  const field = page.getByLabel('Google API key');
  await field.fill(value);
  await field.press('Enter');
}

/** @returns a heap snapshot of the page after a garbage collection. */
async function takeHeapSnapshot(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void chunks.push(chunk));
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}

test('an entered key works immediately, appears nowhere, and is forgotten at the next start', async ({
  start,
  google,
  dataFolder,
}) => {
  test.slow();
  const env = { GOOGLE_GEMINI_BASE_URL: google.baseUrl };
  const first = await start({ env });
  const { page, electron } = first;
  const printed: string[] = [];
  electron.process().stdout?.on('data', (chunk) => void printed.push(String(chunk)));
  electron.process().stderr?.on('data', (chunk) => void printed.push(String(chunk)));

  await test.step('it works immediately and does not appear on disk, in the log or in the window', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByText('Google', { exact: true }).click();
    await expect(page.getByRole('listitem').getByText('Needs a key')).toBeVisible();

    await setKey(page, 'not a key');
    await expect(page.getByRole('alert')).toHaveText(/not a valid API key/);
    await setKey(page, key);
    await expect(page.getByText('A key is kept until you quit')).toBeVisible();
    await expect(page.getByLabel('Google API key')).toHaveValue('');
    // Enter after the key was saved by itself tests it again, instead of calling the empty field wrong.
    await page.getByLabel('Google API key').press('Enter');
    await expect(page.getByText('A key is kept until you quit')).toBeVisible();

    await page.getByRole('link', { name: 'Chat' }).click();
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page).first());
    expect(google.requests[0]?.apiKey).toBe(key);

    // An error message of the service that contains the key is the most likely leak.
    google.answerNext({
      kind: 'error',
      status: 400,
      code: 'INVALID_ARGUMENT',
      message: `API key ${key} is not valid`,
    });
    await sendMessage(page, 'a blue fox at dusk');
    await expect(pictures(page).nth(1).getByRole('alert')).toBeVisible();

    expect(await page.content()).not.toContain(key);
    const heap = await takeHeapSnapshot(page);
    expect(heap.length).toBeGreaterThan(100_000);
    expect(heap).not.toContain(key);
    expect(await findFilesContaining(dataFolder, key)).toEqual([]);
    expect(printed.join('')).not.toContain(key);
  });

  await test.step('it can be removed and entered again', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await expect(page.getByText('A key is kept until you quit')).toBeVisible();
    await page.getByRole('button', { name: 'Remove' }).click();
    await expect(page.getByRole('listitem').getByText('Needs a key')).toBeVisible();
    await setKey(page, key);
    await expect(page.getByText('A key is kept until you quit')).toBeVisible();
  });

  await first.quit();
  const second = await start({ env });
  await test.step('the next start says that it is missing, and why, and leads to its field', async () => {
    const { page: next } = second;
    const reason = 'The key of Google was kept only until you quit.';
    const banner = next.getByRole('region', { name: 'Google needs its key again' });
    await expect(banner).toContainText(reason);
    const needsKey = next.getByRole('button', { name: 'Google · Needs a key' });
    await expect(needsKey).toHaveAttribute('title', reason);
    await banner.getByRole('button', { name: 'Enter key' }).click();
    const sheet = next.getByRole('dialog', { name: 'Connect a model' });
    await expect(sheet.getByLabel('Google API key')).toBeFocused();
    await expect(sheet).toContainText(reason);
    await next.keyboard.press('Escape');
    // After the banner is dismissed, there is still one way to its content.
    await banner.getByRole('button', { name: 'Dismiss' }).click();
    await expect(banner).toHaveCount(0);
    await needsKey.click();
    await expect(sheet.getByLabel('Google API key')).toBeFocused();
    await next.keyboard.press('Escape');
  });

  await test.step('in Settings a pasted key is tested by itself, and so is its correction', async () => {
    const { page: next } = second;
    google.setDefault(({ method }) =>
      method === 'list'
        ? {
            kind: 'models',
            models: [
              { name: 'models/gemini-nano-banana-2.1', supportedGenerationMethods: ['generateContent'] },
            ],
          }
        : { kind: 'picture' },
    );
    google.answerNext({
      ...{ kind: 'error', status: 400, code: 'INVALID_ARGUMENT', message: 'API key not valid.' },
      details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }],
    });
    await next.getByRole('link', { name: 'Settings' }).click();
    await expect(next.getByText('The key of Google was kept only until you quit.')).toBeVisible();
    const field = next.getByLabel('Google API key');
    await second.electron.evaluate(({ clipboard }) => clipboard.writeText('AIzaSy-mistyped-4711'));
    await field.focus();
    await next.keyboard.press('Control+v');
    // The problem is shown at the field, whose text is selected for the correction.
    await expect(next.getByRole('alert')).toContainText('did not accept');
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toBeFocused();
    await next.keyboard.insertText(key);
    await expect(next.getByRole('status').filter({ hasText: 'Google accepts this API key.' })).toBeVisible();
    await expect(field).toHaveValue('');
    await expect(next.getByRole('alert')).toHaveCount(0);
    await next.getByRole('link', { name: 'Chat' }).click();
    await expect(next.getByRole('region', { name: 'Google needs its key again' })).toHaveCount(0);
    await expect(next.getByRole('button', { name: 'Google · Needs a key' })).toHaveCount(0);
    await next.getByRole('link', { name: 'Settings' }).click();
  });

  await test.step('it does not appear in a crash report', async () => {
    await setKey(second.page, key);
    const asked = google.requests.length;
    await second.page.getByRole('button', { name: 'Test' }).click();
    await google.received(asked + 1);
    await expect(second.page.getByText('Asking…')).toHaveCount(0);
    await expect(
      second.page.getByRole('status').filter({ hasText: 'Google accepts this API key.' }),
    ).toBeVisible();
    expect(await crashApp(second, dataFolder)).toHaveLength(1);
    expect(await findFilesContaining(dataFolder, key)).toEqual([]);
  });
});

test('a key file that cannot be read is kept, and an address must be one of the web and permitted', async ({
  start,
  dataFolder,
}) => {
  writeFileSync(path.join(dataFolder, 'keys.json'), '{"google":"AAAA');
  const { page } = await start();

  await test.step('a key file that cannot be read is kept under another name, and a banner says so', async () => {
    const banner = page.getByRole('region', { name: 'The saved API keys could not be read' });
    await expect(banner).toContainText('keys.json.unreadable');
    expect(readFileSync(path.join(dataFolder, 'keys.json.unreadable'), 'utf8')).toBe('{"google":"AAAA');
    await banner.getByRole('button', { name: 'Dismiss' }).click();
    await expect(banner).toHaveCount(0);
  });

  await test.step('a base URL must be a web address, and private addresses need permission', async () => {
    await showAddress(page, 'settings/models/textModel/openai', 'Settings');
    const address = page.getByRole('textbox', { name: 'Address' });
    await address.fill('no address at all');
    await address.press('Enter');
    await expect(page.getByRole('alert')).toHaveText(/not a valid address/);
    await address.fill('http://192.168.1.7:1234/v1');
    await address.press('Enter');
    await expect(page.getByRole('alert')).toHaveText(/in the local network/);
    await page.getByRole('switch', { name: /Allow addresses on this computer/ }).check();
    // The refused address is judged again, and saved.
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(page.getByText('Saved', { exact: true }).first()).toBeVisible();
    await page.reload();
    await expect(page.getByRole('textbox', { name: 'Address' })).toHaveValue('http://192.168.1.7:1234/v1');

    // An address where others could read the key is saved only after a warning.
    await page.getByLabel('OpenAI API key').fill('sk-never-sent-4711');
    await page.getByLabel('OpenAI API key').press('Enter');
    await expect(page.getByText('A key is kept until you quit')).toBeVisible();
    await address.fill('http://service.invalid/v1');
    await address.press('Enter');
    await expect(page.getByRole('alert')).toContainText('not encrypted');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(address).toHaveValue('http://192.168.1.7:1234/v1');
    await address.fill('http://service.invalid/v1');
    await address.press('Enter');
    await page.getByRole('button', { name: 'Use it anyway' }).click();
    await expect(page.getByRole('button', { name: 'Save anyway' })).toBeVisible();
    await address.fill('http://192.168.1.7:1234/v1');
    await address.press('Enter');
    await expect(page.getByRole('button', { name: 'Save anyway' })).toHaveCount(0);

    // The main process validates by itself, because it must not trust the page.
    const refused = await page.evaluate(() =>
      Promise.all([
        window.afterimage.request('settings:set', { allowPrivateAddresses: false }),
        window.afterimage.request('services:change', { id: 'google', changes: { address: 'file:///etc' } }),
      ]),
    );
    expect(refused).toMatchObject([{ code: 'private_address' }, { ok: false }]);
  });
});
