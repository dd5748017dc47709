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
  newChat,
  openSettings,
  pictures,
  sendMessage,
  test,
  untilDead,
} from './fixture';

test.use({ pictureScale: 0.5 });

const ledger =
  'SELECT state, amount_micro_usd > 0 AS costs, message_id IS NOT NULL AS isTaken FROM charges ORDER BY rowid';
const status = `SELECT status FROM messages WHERE kind = 'image' ORDER BY id`;
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

test('a pause prefetches at a billed service only if the user allows it, and each request is counted once', async ({
  start,
  google,
  rows,
}) => {
  const { page } = await start({ env: googleEnvironment(google) });
  /** Opens a chat for the next step. @returns a function that returns the charges from then on. */
  async function startStep(): Promise<() => unknown[]> {
    await newChat(page);
    google.reset();
    const { length } = rows(ledger);
    return () => rows(ledger).slice(length);
  }

  await test.step('no request is sent before the message unless the user allows prefetching', async () => {
    await typeMessage(page, draft.text);
    await prefetch(page);
    expect(rows(ledger)).toEqual([]);
    await sendMessage(page, draft.text);
    await expectFullPicture(pictures(page));
    expect(google.requests).toHaveLength(1);
    await expect.poll(() => rows(ledger)).toEqual([{ state: 'made', costs: 1, isTaken: 1 }]);
  });

  await test.step('a pause sends one request, and the unchanged message uses its picture', async () => {
    const charges = await startStep();
    await enablePrefetch(page);
    const before = rows('SELECT id FROM messages');
    google.answerNext({ kind: 'hang' });
    await typeMessage(page, draft.text);
    await google.received(1);
    expect(charges()).toEqual([{ state: 'open', costs: 1, isTaken: 0 }]);
    expect(rows('SELECT id FROM messages')).toEqual(before);
    google.release();

    await page.keyboard.press('Enter');
    await expectFullPicture(pictures(page));
    await expect.poll(charges).toEqual([{ state: 'made', costs: 1, isTaken: 1 }]);
    const prompt = draft.text;
    await expect.poll(() => rows('SELECT prompt FROM user_images')).toEqual([{ prompt }, { prompt }]);
    expect(google.requests).toHaveLength(1);
  });

  await test.step('Stop during a prefetch warns that the picture may be charged', async () => {
    const charges = await startStep();
    google.answerNext({ kind: 'hang' });
    await typeMessage(page, draft.text);
    await google.received(1);
    await page.keyboard.press('Enter');
    await pictures(page).getByRole('button', { name: 'Stop' }).click();
    await expect.poll(charges).toEqual([{ state: 'failed', costs: 1, isTaken: 1 }]);
    expect(google.requests).toHaveLength(1);
  });

  await test.step('the next pause sends no request while the service is rate-limiting', async () => {
    const charges = await startStep();
    const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '60s' }];
    google.answerNext({ kind: 'error', status: 429, code: 'RESOURCE_EXHAUSTED', details });
    await typeMessage(page, draft.text);
    await expect.poll(charges).toEqual([{ state: 'refused', costs: 0, isTaken: 0 }]);
    await prefetch(page, 'a red fox at dusk');
    expect(charges()).toHaveLength(1);
    expect(google.requests).toHaveLength(1);
  });
});

test('without a key nothing is prefetched or recorded', async ({ start, rows }) => {
  const { page } = await start({ env: { AFTERIMAGE_PROVIDER: 'google' } });
  await enablePrefetch(page);
  await prefetch(page);
  expect(rows(ledger)).toEqual([]);
});

test('a restart keeps what was prefetched, and only Retry sends a new request', async ({
  start,
  google,
  dataFolder,
  rows,
}) => {
  test.slow();
  const env = googleEnvironment(google);

  await test.step('a prefetched picture that is not sent is counted', async () => {
    const { page, quit } = await start({ env: { ...env, AFTERIMAGE_LIMITS: '1/1' } });
    await enablePrefetch(page);
    await typeMessage(page, draft.text);
    await expect.poll(() => prefetched(dataFolder)).toHaveLength(1);
    await typeMessage(page, 'how are you?');
    // The limit rejects a second prefetch, as it would a sent message, but shows nothing.
    await prefetch(page, 'a red fox at dusk');
    await expect.poll(() => rows(ledger)).toEqual([{ state: 'made', costs: 1, isTaken: 0 }]);
    expect(rows('SELECT id FROM user_images UNION ALL SELECT id FROM messages')).toEqual([]);
    await sendMessage(page, 'draw a red fox at dusk');
    await expect.poll(() => rows(status)).toEqual([{ status: 'limited' }]);
    await quit();
  });

  const second = await start({ env: { ...env, AFTERIMAGE_FAULT_POINT: 'send: committed' } });
  await test.step('the next start adds it to the gallery', async () => {
    await expect.poll(() => rows('SELECT prompt FROM user_images')).toEqual([{ prompt: draft.text }]);
    await expect.poll(() => prefetched(dataFolder)).toEqual([]);
    expect(google.requests).toHaveLength(1);
    expect(rows(ledger)).toEqual([{ state: 'made', costs: 1, isTaken: 0 }]);
  });

  const owl = 'a blue owl at dusk';
  await test.step('killed when a message has taken its prefetched picture over', async () => {
    google.reset();
    await newChat(second.page);
    await typeMessage(second.page, owl);
    await expect.poll(() => prefetched(dataFolder)).toHaveLength(1);
    await untilDead(second, () => second.page.keyboard.press('Enter'));
    await second.kill();
    expect(rows(status).slice(1)).toEqual([{ status: 'generating' }]);
  });

  const third = await start({ env });
  await test.step('recovers a prefetched picture after a crash without a second request', async () => {
    await expectFullPicture(pictures(third.page));
    await expect.poll(() => rows(ledger).slice(1)).toEqual([{ state: 'made', costs: 1, isTaken: 1 }]);
    await expect
      .poll(() => rows('SELECT prompt FROM user_images ORDER BY order_key').slice(1))
      .toEqual([{ prompt: owl }]);
    await expect.poll(() => prefetched(dataFolder)).toEqual([]);
    expect(google.requests).toHaveLength(1);
  });

  await test.step('killed during the prefetch of a sent message', async () => {
    google.reset();
    google.answerNext({ kind: 'hang' });
    await newChat(third.page);
    await typeMessage(third.page, draft.text);
    await google.received(1);
    await third.page.keyboard.press('Enter');
    await expect.poll(() => rows(status).slice(2)).toEqual([{ status: 'generating' }]);
    await third.kill();
  });

  await test.step('a kill during a prefetch interrupts its message, and only Retry sends a new request', async () => {
    const { page } = await start({ env });
    await expect(page.getByRole('alert')).toContainText('may already have been charged');
    await expect.poll(() => rows(ledger).slice(2)).toEqual([{ state: 'failed', costs: 1, isTaken: 1 }]);
    expect(google.requests).toHaveLength(1);
    await page.getByRole('button', { name: 'Retry' }).click();
    await expectFullPicture(pictures(page));
    expect(google.requests).toHaveLength(2);
  });
});
