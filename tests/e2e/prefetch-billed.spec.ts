// A picture that is begun while the user writes, at a provider that charges: only if they want it, and counted once.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type {} from '../../renderer/ipc';
import { expect, expectLanded, googleEnvironment, pictures, say, test } from './fixture';

const log = 'SELECT outcome, error_code, cost_micro_usd > 0 AS costs FROM image_generation_log ORDER BY id';
const status = `SELECT status FROM messages WHERE kind = 'image'`;
const draft = { text: 'a red fox at dawn', mode: 'auto', aspectRatio: '3:2' } as const;

/** Names of the drafts whose bytes are there. */
function drafts(dataFolder: string): string[] {
  const folder = path.join(dataFolder, 'drafts');
  return existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith('.part')) : [];
}

async function switchOn(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click();
  const group = page.getByRole('group', { name: 'Begin while I write, with providers that charge' });
  await expect(group).toContainText('may cost as much as one that was sent');
  await group.getByText('On', { exact: true }).click();
  await expect(group.getByRole('radio', { name: 'On' })).toBeChecked();
  await page.getByRole('link', { name: 'Chat' }).click();
}

/** Asks as the composer does after a pause. What comes of it is decided, and written, when this resolves. */
async function pauseOver(page: Page, text: string = draft.text): Promise<void> {
  await page.evaluate(
    async (input) => {
      const reply = await window.afterimage.request('chat:prefetch', input);
      if (!reply.ok) throw new Error(reply.message);
    },
    { ...draft, text },
  );
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
}

test('unless the person asks for it, not one request leaves before something is sent', async ({
  start,
  google,
  rows,
}) => {
  const { page } = await start({ env: googleEnvironment(google) });
  await write(page, draft.text);
  await pauseOver(page);
  expect(rows(log)).toEqual([]);
  await say(page, draft.text);
  await expectLanded(pictures(page));
  expect(google.requests).toHaveLength(1);
  await expect.poll(() => rows(log)).toEqual([{ outcome: 'ready', error_code: null, costs: 1 }]);
});

test('a pause is one request, and sent as it is the picture is of that request', async ({
  start,
  google,
  rows,
}) => {
  const { page } = await start({ env: googleEnvironment(google) });
  await switchOn(page);
  await write(page, draft.text);
  await google.received(1);
  expect(rows(log)).toMatchObject([{ outcome: 'cancelled', error_code: 'begun_ahead', costs: 1 }]);
  expect(rows('SELECT id FROM messages')).toEqual([]);

  await page.keyboard.press('Enter');
  await expectLanded(pictures(page));
  await expect.poll(() => rows(log)).toEqual([{ outcome: 'ready', error_code: null, costs: 1 }]);
  await expect.poll(() => rows('SELECT prompt FROM user_images')).toEqual([{ prompt: draft.text }]);
  expect(google.requests).toHaveLength(1);
});

test('what is written otherwise afterwards has been counted, and is never in the gallery', async ({
  start,
  google,
  dataFolder,
  rows,
}) => {
  const { page } = await start({ env: { ...googleEnvironment(google), AFTERIMAGE_LIMITS: '1/1' } });
  await switchOn(page);
  await write(page, draft.text);
  await expect.poll(() => drafts(dataFolder)).toHaveLength(1);
  await write(page, 'how are you?');
  await expect.poll(() => drafts(dataFolder)).toEqual([]);
  // As a sent one would be, a second one is refused, without a word.
  await pauseOver(page, 'a red fox at dusk');
  expect(rows(log)).toMatchObject([{ error_code: 'begun_ahead', costs: 1 }]);
  expect(rows('SELECT id FROM user_images UNION ALL SELECT id FROM messages')).toEqual([]);
  expect(google.requests).toHaveLength(1);
  await say(page, 'draw a red fox at dusk');
  await expect.poll(() => rows(status)).toEqual([{ status: 'limited' }]);
});

test('a provider that takes no more for the moment is not asked again by the next pause', async ({
  start,
  google,
  rows,
}) => {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '60s' }];
  google.answerNext({ kind: 'error', status: 429, code: 'RESOURCE_EXHAUSTED', details });
  const { page } = await start({ env: googleEnvironment(google) });
  await switchOn(page);
  await write(page, draft.text);
  await expect
    .poll(() => rows(log))
    .toEqual([{ outcome: 'failed', error_code: 'rate_limited', costs: null }]);
  await pauseOver(page, 'a red fox at dusk');
  expect(rows(log)).toHaveLength(1);
  expect(google.requests).toHaveLength(1);
});

test('without a key nothing is begun, and nothing written', async ({ start, rows }) => {
  const { page } = await start({ env: { AFTERIMAGE_PROVIDER: 'google' } });
  await switchOn(page);
  await pauseOver(page);
  expect(rows(log)).toEqual([]);
});

test('killed when its bytes are here and a message has taken it over, the picture is there, of one request', async ({
  start,
  google,
  dataFolder,
  rows,
}) => {
  const env = googleEnvironment(google);
  const doomed = await start({ env: { ...env, AFTERIMAGE_FAULT_POINT: 'send: committed' } });
  const died = new Promise((resolve) => doomed.electron.process().once('exit', resolve));
  await switchOn(doomed.page);
  await write(doomed.page, draft.text);
  await expect.poll(() => drafts(dataFolder)).toHaveLength(1);
  await doomed.page.keyboard.press('Enter').catch(() => {});
  await died;
  await doomed.kill();
  expect(rows(status)).toEqual([{ status: 'generating' }]);

  const { page } = await start({ env });
  await expectLanded(pictures(page));
  await expect.poll(() => rows(log)).toEqual([{ outcome: 'ready', error_code: null, costs: 1 }]);
  await expect.poll(() => rows('SELECT prompt FROM user_images')).toEqual([{ prompt: draft.text }]);
  expect(drafts(dataFolder)).toEqual([]);
  expect(google.requests).toHaveLength(1);
});

test('killed while a message waits for it, it is interrupted, and asked for again by Retry alone', async ({
  start,
  google,
  rows,
}) => {
  const env = googleEnvironment(google);
  google.answerNext({ kind: 'hang' });
  const doomed = await start({ env });
  await switchOn(doomed.page);
  await write(doomed.page, draft.text);
  await google.received(1);
  await doomed.page.keyboard.press('Enter');
  await expect.poll(() => rows(status)).toEqual([{ status: 'generating' }]);
  await doomed.kill();

  const { page } = await start({ env });
  await expect(page.getByRole('alert')).toContainText('may already have been charged');
  await expect
    .poll(() => rows(log))
    .toEqual([{ outcome: 'interrupted', error_code: 'interrupted', costs: 1 }]);
  expect(google.requests).toHaveLength(1);
  await page.getByRole('button', { name: 'Retry' }).click();
  await expectLanded(pictures(page));
  expect(google.requests).toHaveLength(2);
});

test('stopped while it waits for the draft, the picture says that it may be charged', async ({
  start,
  google,
  rows,
}) => {
  google.answerNext({ kind: 'hang' });
  const { page } = await start({ env: googleEnvironment(google) });
  await switchOn(page);
  await write(page, draft.text);
  await google.received(1);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect
    .poll(() => rows(log))
    .toEqual([{ outcome: 'cancelled', error_code: 'cancelled_late', costs: 1 }]);
  expect(google.requests).toHaveLength(1);
});
