// Work follows the rows: what was deleted does not begin, and every request that left has a charge.
import type { Page } from '@playwright/test';
import { textEvents } from '../servers/google-stream';
import { expect, googleEnvironment, newChat, newMessage, sendMessage, test } from './fixture';

test.use({ pictureScale: 0.5 });

const atWork = `SELECT id FROM messages WHERE status = 'generating'`;
const ready = `SELECT id FROM messages WHERE kind = 'image' AND status = 'ready'`;
const concurrency = 4;

function replies(page: Page) {
  return page.locator('article[data-kind="text"][data-role="assistant"]');
}

/** Requests eight different pictures in the open conversation. */
async function requestEight(page: Page): Promise<void> {
  await sendMessage(page, 'a red fox');
  for (let index = 1; index < 8; index += 1) await sendMessage(page, `a lighthouse, number ${index}`);
}

async function deleteConversation(page: Page): Promise<void> {
  const item = page.getByRole('navigation', { name: 'Chats' }).getByRole('listitem').first();
  await item.hover();
  await item.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
}

test('work follows the rows: in a run, and when a kill ends it', async ({ start, google, rows }) => {
  const env = googleEnvironment(google);
  const first = await start({ env });
  const { page } = first;

  await test.step('a message that is sent twice is one message with one charge', async () => {
    const message = {
      ...newMessage(),
      text: 'a red fox at dawn',
      mode: 'picture',
      aspectRatio: '1:1',
    } as const;
    const sent = await page.evaluate(async (input) => {
      const { request } = window.afterimage;
      return Promise.all([
        request('chat:send', input),
        request('chat:send', input),
        request('chat:send', input),
      ]);
    }, message);
    // The work may have begun between two replies, so only the messages are the same.
    const idsOf = (reply: (typeof sent)[number]) =>
      reply?.ok ? reply.value.messages.map(({ id }) => id) : [];
    expect(sent.map(idsOf)).toEqual(sent.map(() => [message.questionId, ...message.answerIds]));
    await expect
      .poll(() => rows(`SELECT status FROM messages WHERE kind = 'image'`))
      .toEqual([{ status: 'ready' }]);
    expect(google.requests).toHaveLength(1);
    expect(rows('SELECT state, amount_micro_usd > 0 AS costs FROM charges')).toEqual([
      { state: 'made', costs: 1 },
    ]);
  });

  await test.step('Undo brings the waiting pictures of a deleted conversation back', async () => {
    await newChat(page);
    google.reset();
    const readyBefore = rows(ready).length;
    google.setDefault({ kind: 'hang' });
    await requestEight(page);
    await google.received(concurrency);
    await deleteConversation(page);
    google.setDefault({ kind: 'picture' });
    google.release();
    await expect.poll(() => rows(atWork)).toEqual([]);
    expect(google.requests).toHaveLength(concurrency);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => rows(ready)).toHaveLength(readyBefore + 8);
    expect(google.requests).toHaveLength(8);
  });

  const chargesBefore = rows('SELECT id FROM charges').length;
  await test.step('waiting pictures of a deleted conversation do not begin', async () => {
    await newChat(page);
    google.reset();
    google.setDefault({ kind: 'hang' });
    await requestEight(page);
    await expect.poll(() => rows(atWork)).toHaveLength(concurrency);
    await google.received(concurrency);
    await deleteConversation(page);
    google.setDefault({ kind: 'picture' });
    google.release();
    await expect.poll(() => rows(atWork)).toEqual([]);
    expect(google.requests).toHaveLength(concurrency);
  });

  await test.step('a kill cuts a reply off', async () => {
    google.answerNext({
      kind: 'stream',
      events: textEvents('A fox is a small wild animal. ', 'It lives in '),
      ending: 'silence',
    });
    await sendMessage(page, 'what is a fox?');
    await expect(replies(page)).toContainText('It lives in');
    await expect
      .poll(() => rows(`SELECT state FROM charges WHERE kind = 'text'`))
      .toEqual([{ state: 'open' }]);
    await first.kill();
  });

  const second = await start({ env });
  await test.step('a reply that a kill cuts off is interrupted and counts what it may have cost', async () => {
    await expect(replies(second.page)).toHaveAttribute('data-status', 'interrupted');
    await expect(replies(second.page)).toContainText('A fox is a small wild animal.');
    expect(google.requests).toHaveLength(concurrency + 1);
    expect(rows(`SELECT state, amount_micro_usd > 0 AS costs FROM charges WHERE kind = 'text'`)).toEqual([
      { state: 'failed', costs: 1 },
    ]);
  });

  await test.step('waiting pictures of a deleted conversation never begin, not even after a restart', async () => {
    await sendMessage(second.page, 'a boat in a harbour');
    await expect
      .poll(() => rows(`SELECT status FROM messages WHERE prompt = 'a boat in a harbour'`))
      .toEqual([{ status: 'ready' }]);
    expect(google.requests).toHaveLength(concurrency + 2);
    expect(rows('SELECT id FROM charges')).toHaveLength(chargesBefore + concurrency + 2);
  });
});
