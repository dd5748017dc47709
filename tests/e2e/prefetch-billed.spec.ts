// Prefetching with a service that charges: only if the user allows it, and counted once.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type {} from '../../renderer/ipc';
import { arrivalsFolder } from '../../shared/domain/picture-files';
import {
  expect,
  expectFullPicture,
  googleEnvironment,
  openSettings,
  pictures,
  sendMessage,
  test,
} from './fixture';

const ledger =
  'SELECT state, amount_micro_usd > 0 AS costs, message_id IS NOT NULL AS isTaken FROM charges ORDER BY rowid';
const status = `SELECT status FROM messages WHERE kind = 'image'`;
const draft = { text: 'a red fox at dawn', mode: 'auto', aspectRatio: '3:2' } as const;

/** @returns the names of the complete prefetched pictures. */
function prefetched(dataFolder: string): string[] {
  const folder = path.join(dataFolder, arrivalsFolder);
  return existsSync(folder) ? readdirSync(folder).filter((name) => !name.includes('.')) : [];
}

async function enablePrefetch(page: Page): Promise<void> {
  await openSettings(page, 'Pictures');
  const choice = page.getByRole('switch', { name: 'Prefetch at billed services' });
  await expect(choice).toHaveAccessibleDescription(/may cost as much as a sent one/);
  await choice.check();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Chat' }).click();
}

/** Requests a prefetch, as the composer does after a pause. Resolves when the decision is made and recorded. */
async function prefetch(page: Page, text: string = draft.text): Promise<void> {
  await page.evaluate(
    async (input) => {
      const reply = await window.afterimage.request('chat:prefetch', input);
      if (!reply.ok) throw new Error(reply.message);
    },
    { ...draft, text },
  );
}

async function typeMessage(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
}

test('no request is sent before the message unless the user allows prefetching', async ({
  start,
  google,
  rows,
}) => {
  const { page } = await start({ env: googleEnvironment(google) });
  await typeMessage(page, draft.text);
  await prefetch(page);
  expect(rows(ledger)).toEqual([]);
  await sendMessage(page, draft.text);
  await expectFullPicture(pictures(page));
  expect(google.requests).toHaveLength(1);
  await expect.poll(() => rows(ledger)).toEqual([{ state: 'made', costs: 1, isTaken: 1 }]);
});

test('a pause sends one request, and the unchanged message uses its picture', async ({
  start,
  google,
  rows,
}) => {
  const { page } = await start({ env: googleEnvironment(google) });
  await enablePrefetch(page);
  await typeMessage(page, draft.text);
  await google.received(1);
  expect(rows(ledger)).toEqual([{ state: 'open', costs: 1, isTaken: 0 }]);
  expect(rows('SELECT id FROM messages')).toEqual([]);

  await page.keyboard.press('Enter');
  await expectFullPicture(pictures(page));
  await expect.poll(() => rows(ledger)).toEqual([{ state: 'made', costs: 1, isTaken: 1 }]);
  await expect.poll(() => rows('SELECT prompt FROM user_images')).toEqual([{ prompt: draft.text }]);
  expect(google.requests).toHaveLength(1);
});

test('a prefetched picture that is not sent is counted, and the next start adds it to the gallery', async ({
  start,
  google,
  dataFolder,
  rows,
}) => {
  const env = { ...googleEnvironment(google), AFTERIMAGE_LIMITS: '1/1' };
  const first = await start({ env });
  await enablePrefetch(first.page);
  await typeMessage(first.page, draft.text);
  await expect.poll(() => prefetched(dataFolder)).toHaveLength(1);
  await typeMessage(first.page, 'how are you?');
  // The limit rejects a second prefetch, as it would a sent message, but shows nothing.
  await prefetch(first.page, 'a red fox at dusk');
  await expect.poll(() => rows(ledger)).toEqual([{ state: 'made', costs: 1, isTaken: 0 }]);
  expect(rows('SELECT id FROM user_images UNION ALL SELECT id FROM messages')).toEqual([]);
  await sendMessage(first.page, 'draw a red fox at dusk');
  await expect.poll(() => rows(status)).toEqual([{ status: 'limited' }]);
  await first.quit();

  await start({ env });
  await expect.poll(() => rows('SELECT prompt FROM user_images')).toEqual([{ prompt: draft.text }]);
  await expect.poll(() => prefetched(dataFolder)).toEqual([]);
  expect(google.requests).toHaveLength(1);
  expect(rows(ledger)).toEqual([{ state: 'made', costs: 1, isTaken: 0 }]);
});

test('the next pause sends no request while the service is rate-limiting', async ({
  start,
  google,
  rows,
}) => {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '60s' }];
  google.answerNext({ kind: 'error', status: 429, code: 'RESOURCE_EXHAUSTED', details });
  const { page } = await start({ env: googleEnvironment(google) });
  await enablePrefetch(page);
  await typeMessage(page, draft.text);
  await expect.poll(() => rows(ledger)).toEqual([{ state: 'refused', costs: 0, isTaken: 0 }]);
  await prefetch(page, 'a red fox at dusk');
  expect(rows(ledger)).toHaveLength(1);
  expect(google.requests).toHaveLength(1);
});

test('without a key nothing is prefetched or recorded', async ({ start, rows }) => {
  const { page } = await start({ env: { AFTERIMAGE_PROVIDER: 'google' } });
  await enablePrefetch(page);
  await prefetch(page);
  expect(rows(ledger)).toEqual([]);
});

test('recovers a prefetched picture after a crash without a second request', async ({
  start,
  google,
  dataFolder,
  rows,
}) => {
  const env = googleEnvironment(google);
  const first = await start({ env: { ...env, AFTERIMAGE_FAULT_POINT: 'send: committed' } });
  const exited = new Promise((resolve) => first.electron.process().once('exit', resolve));
  await enablePrefetch(first.page);
  await typeMessage(first.page, draft.text);
  await expect.poll(() => prefetched(dataFolder)).toHaveLength(1);
  await first.page.keyboard.press('Enter').catch(() => {});
  await exited;
  await first.kill();
  expect(rows(status)).toEqual([{ status: 'generating' }]);

  const { page } = await start({ env });
  await expectFullPicture(pictures(page));
  await expect.poll(() => rows(ledger)).toEqual([{ state: 'made', costs: 1, isTaken: 1 }]);
  await expect.poll(() => rows('SELECT prompt FROM user_images')).toEqual([{ prompt: draft.text }]);
  expect(prefetched(dataFolder)).toEqual([]);
  expect(google.requests).toHaveLength(1);
});

test('a kill during a prefetch interrupts its message, and only Retry sends a new request', async ({
  start,
  google,
  rows,
}) => {
  const env = googleEnvironment(google);
  google.answerNext({ kind: 'hang' });
  const first = await start({ env });
  await enablePrefetch(first.page);
  await typeMessage(first.page, draft.text);
  await google.received(1);
  await first.page.keyboard.press('Enter');
  await expect.poll(() => rows(status)).toEqual([{ status: 'generating' }]);
  await first.kill();

  const { page } = await start({ env });
  await expect(page.getByRole('alert')).toContainText('may already have been charged');
  await expect.poll(() => rows(ledger)).toEqual([{ state: 'failed', costs: 1, isTaken: 1 }]);
  expect(google.requests).toHaveLength(1);
  await page.getByRole('button', { name: 'Retry' }).click();
  await expectFullPicture(pictures(page));
  expect(google.requests).toHaveLength(2);
});

test('Stop during a prefetch warns that the picture may be charged', async ({ start, google, rows }) => {
  google.answerNext({ kind: 'hang' });
  const { page } = await start({ env: googleEnvironment(google) });
  await enablePrefetch(page);
  await typeMessage(page, draft.text);
  await google.received(1);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect.poll(() => rows(ledger)).toEqual([{ state: 'failed', costs: 1, isTaken: 1 }]);
  expect(google.requests).toHaveLength(1);
});
