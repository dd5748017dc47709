// A conversation of thousands of messages: opening at its end, scrolling without jumps, and going to any message.
import type { Locator, Page } from '@playwright/test';
import type {} from '../../renderer/ipc';
import type { RequestInput } from '../../shared/contract';
import { openStream } from '../servers/google-stream';
import {
  expect,
  expectFullPicture,
  googleEnvironment,
  newChat,
  newMessage,
  pictures,
  sendMessage,
  test,
} from './fixture';
import { withSeededFolder } from './seeded';

const count = 3_000;
/** The maximum number of messages in the document, for any length of the conversation. */
const maxArticles = 80;

test.use({ pictureScale: 0.5 });

type Row = Record<string, unknown>;

withSeededFolder({ pictures: 900, messages: count, longest: count, files: 20 });

function transcript(page: Page): Locator {
  return page.getByRole('log', { name: 'Conversation' });
}

function articleOf(page: Page, row: Row | undefined): Locator {
  return page.locator(`article[data-message-id="${String(row?.['id'])}"]`);
}

/** @returns the message in the middle of the window and its position. */
function middleMessage(page: Page): Promise<{ id: string; top: number }> {
  return transcript(page).evaluate((log) => {
    const { top, height } = log.getBoundingClientRect();
    for (const article of log.querySelectorAll<HTMLElement>('article')) {
      const box = article.getBoundingClientRect();
      if (box.bottom > top + height / 2) return { id: article.dataset['messageId'] ?? '', top: box.top };
    }
    throw new Error('There is no message in the middle of the window.');
  });
}

/** Observes each frame. @returns a function that returns the maximum change of distance between visible messages. */
async function observeShifts(page: Page): Promise<() => Promise<{ apart: number; blank: number }>> {
  const handle = await transcript(page).evaluateHandle((log) => {
    const seen = { apart: 0, blank: 0 };
    const places = () =>
      new Map(
        [...log.querySelectorAll<HTMLElement>('article')].map((article) => [
          article,
          article.getBoundingClientRect(),
        ]),
      );
    let before = places();
    const look = () => {
      const after = places();
      const screen = log.getBoundingClientRect();
      const moves: number[] = [];
      let isBlank = true;
      for (const [article, box] of after) {
        const known = before.get(article);
        const isOn = (at: DOMRect) => at.bottom > screen.top && at.top < screen.bottom;
        if (isOn(box)) isBlank = false;
        if (known && isOn(known) && isOn(box)) moves.push(box.top - known.top);
      }
      if (isBlank) seen.blank += 1;
      if (moves.length > 0) seen.apart = Math.max(seen.apart, Math.max(...moves) - Math.min(...moves));
      before = after;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    return seen;
  });
  return () => handle.jsonValue();
}

test('a conversation of thousands of messages opens, scrolls and grows as a short one does', async ({
  start,
  rows,
  google,
}) => {
  // The service makes the pictures; the painter is for those that only have to wait.
  const { page } = await start({
    env: { ...googleEnvironment(google), AFTERIMAGE_PAINTER_DELAY_MS: '600000' },
  });
  const log = transcript(page);

  await test.step('it opens at its end with few messages in the document and a full-length scrollbar', async () => {
    const [last] = rows('SELECT id FROM messages ORDER BY seq DESC LIMIT 1');
    await expect(articleOf(page, last)).toBeInViewport();
    await expect.poll(() => log.evaluate((element) => element.scrollHeight)).toBeGreaterThan(count * 100);
    await expect(articleOf(page, last)).toBeInViewport();
    expect(await page.locator('article').count()).toBeLessThanOrEqual(maxArticles);
  });

  await test.step('scrolling up is recognised even in the frame in which the end moves away', async () => {
    const height = () => log.evaluate((element) => element.scrollHeight);
    await expect.poll(height).toBeGreaterThan(count * 100);
    await newChat(page);
    // As soon as the space for the older messages exists, before any event is dispatched.
    await page.evaluate((enough) => {
      const observer = new MutationObserver(() => {
        const element = document.querySelector('[role="log"]');
        if (!element || element.scrollHeight <= enough) return;
        observer.disconnect();
        element.scrollBy(0, -3_000);
      });
      observer.observe(document.body, { attributes: true, childList: true, subtree: true });
    }, count * 100);
    await page.getByRole('navigation', { name: 'Chats' }).getByRole('button').first().click();
    await expect.poll(height).toBeGreaterThan(count * 100);
    await expect(page.getByRole('button', { name: 'Go to the newest message' })).toBeVisible();
  });

  await test.step('screen readers hear new replies, but not older messages that scroll into view', async () => {
    await expect(log).toHaveAttribute('aria-live', 'off');
    const spoken = page.getByText('Your picture is ready', { exact: true });
    await log.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => log.evaluate((element) => element.scrollTop)).toBe(0);
    await expect(spoken).toHaveCount(0);
    await sendMessage(page, 'draw a whale');
    await expect(spoken).toHaveCount(1);
  });

  await test.step('visible messages stay in place while older pages load, and the document stays small', async () => {
    const positions = new Map(rows('SELECT id, seq FROM messages').map(({ id, seq }) => [id, Number(seq)]));
    await expect.poll(() => log.evaluate((element) => element.scrollHeight)).toBeGreaterThan(count * 100);
    await log.hover();
    const seen = await observeShifts(page);
    const first = await middleMessage(page);
    for (let turn = 0; turn < 60; turn += 1) {
      const before = await middleMessage(page);
      await page.mouse.wheel(0, -300);
      await expect.poll(() => middleMessage(page)).not.toEqual(before);
    }
    expect(positions.get((await middleMessage(page)).id)).toBeLessThan(positions.get(first.id) ?? 0);
    const { apart, blank } = await seen();
    expect(apart).toBeLessThan(1);
    expect(blank).toBe(0);
    expect(await page.locator('article').count()).toBeLessThanOrEqual(maxArticles);
    // Messages that were scrolled past leave the document and return on the way back.
    await expect(page.locator(`article[data-message-id="${first.id}"]`)).toHaveCount(0);
    // Sending from far up shows the answer.
    await sendMessage(page, 'a red fox at dawn');
    await expect(page.locator('article', { hasText: 'a red fox at dawn' }).last()).toBeInViewport();
    await expectFullPicture(page.getByTestId('picture').last());
    await expect(page.getByTestId('picture').last()).toBeInViewport();
    await expect(page.getByRole('button', { name: 'Go to the newest message' })).toHaveCount(0);
    // So does whoever asks for an old picture again.
    const before = rows('SELECT id FROM messages').length;
    await log.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => log.evaluate((element) => element.scrollTop)).toBe(0);
    const old = page.locator('article[data-kind="image"][data-status="ready"]').first();
    await old.getByRole('button', { name: 'Again' }).click();
    await expect.poll(() => rows('SELECT id FROM messages').length).toBeGreaterThan(before);
    await expectFullPicture(page.getByTestId('picture').last());
    await expect(page.getByTestId('picture').last()).toBeInViewport();
    await expect(page.getByRole('button', { name: 'Go to the newest message' })).toHaveCount(0);
  });

  await test.step('Home goes to the first message, End to the last, and the scrollbar to any in between', async () => {
    const ids = rows('SELECT id FROM messages ORDER BY seq');
    await log.focus();
    await page.keyboard.press('Home');
    await expect(articleOf(page, ids[0])).toBeInViewport();
    await expect.poll(() => log.evaluate((element) => element.scrollTop)).toBe(0);
    await expect(articleOf(page, ids.at(-1))).toHaveCount(0);

    await log.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
    const place = async () => ids.findIndex(({ id }) => id === shown?.id) / ids.length;
    let shown: { id: string } | undefined;
    await expect
      .poll(async () => {
        shown = await middleMessage(page).catch(() => undefined);
        return shown ? Math.abs((await place()) - 0.5) : 1;
      })
      .toBeLessThan(0.05);
    expect(await page.locator('article').count()).toBeLessThanOrEqual(maxArticles);

    await page.keyboard.press('End');
    await expect(articleOf(page, ids.at(-1))).toBeInViewport();
    const rest = () =>
      log.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop);
    await expect.poll(rest).toBeLessThan(2);
  });

  await test.step('a new reply does not move the visible messages and is announced by a button', async () => {
    google.answerNext(openStream(['A fox ']));
    await expect.poll(() => log.evaluate((element) => element.scrollHeight)).toBeGreaterThan(count * 100);
    await sendMessage(page, 'what is a fox?');
    await expect(page.locator('article[data-status="streaming"]')).toHaveCount(1);
    await log.evaluate((element) => element.scrollBy(0, -3_000));
    const pill = page.getByRole('button', { name: 'New answer' });
    await expect(page.getByRole('button', { name: 'Go to the newest message' })).toBeVisible();
    await expect(pill).toHaveCount(0);
    const before = await middleMessage(page);
    google.release();
    await expect(pill).toBeVisible();
    await expect
      .poll(() => rows(`SELECT status FROM messages ORDER BY seq DESC LIMIT 1`))
      .toEqual([{ status: 'ready' }]);
    const after = await middleMessage(page);
    expect(after.id).toBe(before.id);
    // Content added above is compensated in whole device pixels.
    expect(Math.abs(after.top - before.top)).toBeLessThan(1);
    await pill.click();
    await expect(page.getByText('what is a fox?', { exact: true }).last()).toBeInViewport();
    await expect(pill).toHaveCount(0);
  });

  await test.step('Stop ends an answer that is not loaded', async () => {
    google.answerNext(openStream(['A fox ']));
    await sendMessage(page, 'and what is an owl?');
    const streaming = page.locator('article[data-status="streaming"]');
    await expect(streaming).toHaveCount(1);
    await log.focus();
    await page.keyboard.press('Home');
    await expect(streaming).toHaveCount(0);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect
      .poll(() => rows(`SELECT status FROM messages ORDER BY seq DESC LIMIT 1`))
      .toEqual([{ status: 'cancelled' }]);
    await expect(page.getByRole('button', { name: 'Stop', exact: true })).toHaveCount(0);
    google.release();
    await page.getByRole('button', { name: /newest/ }).click();
    await expect(page.getByText('and what is an owl?', { exact: true })).toBeInViewport();
  });

  await test.step('an edited picture leads to its original, however far up', async () => {
    const [parent] = rows(
      `SELECT id, conversation_id, prompt FROM messages WHERE kind = 'image' AND status = 'ready' ORDER BY seq LIMIT 1 OFFSET 12`,
    );
    const message: RequestInput<'chat:send'> = {
      ...newMessage(),
      ...{ conversationId: String(parent?.['conversation_id']), isNew: false },
      text: 'make it night',
      mode: 'picture',
      aspectRatio: '1:1',
      references: [String(parent?.['id'])],
    };
    const sent = await page.evaluate(async (edit) => {
      const reply = await window.afterimage.request('chat:send', edit);
      return reply.ok || reply.message;
    }, message);
    expect(sent).toBe(true);
    await page.reload();
    // By its words, although its message is not loaded.
    const link = page.getByRole('button', { name: String(parent?.['prompt']), exact: true }).last();
    await expect(link).toBeInViewport();
    await link.click();
    await expect(articleOf(page, parent)).toBeInViewport();
    // The message is highlighted briefly in the middle of the window.
    const offset = () =>
      articleOf(page, parent).evaluate((article) => {
        const middleOf = ({ top, height }: DOMRect) => top + height / 2;
        const screen = article.closest('[role="log"]')?.getBoundingClientRect();
        return screen && Math.abs(middleOf(article.getBoundingClientRect()) - middleOf(screen));
      });
    await expect.poll(offset).toBeLessThan(40);
  });

  await test.step('the document stays small while messages arrive at the end, and the end stays in view', async () => {
    await newChat(page);
    await page.keyboard.press('Control+m');
    await page.keyboard.type('painter');
    await page.keyboard.press('Enter');
    // With their pictures, more than the document may have.
    const sent = maxArticles / 2 + 8;
    for (let index = 0; index < sent; index += 1) await sendMessage(page, `draw a whale ${index}`);
    await expect
      .poll(() => rows(`SELECT id FROM messages WHERE text LIKE 'draw a whale %'`))
      .toHaveLength(sent);
    await expect(pictures(page).last()).toBeInViewport();
    await expect.poll(() => page.locator('article').count()).toBeLessThanOrEqual(maxArticles);
    await expect(page.getByRole('button', { name: 'Go to the newest message' })).toHaveCount(0);
    // The first messages are still there above.
    await log.focus();
    await page.keyboard.press('Home');
    await expect(page.locator('article').first()).toHaveText('draw a whale 0');
    expect(await page.locator('article').count()).toBeLessThanOrEqual(maxArticles);
  });
});
