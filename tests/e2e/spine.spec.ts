// The main path: a request shows a placeholder at once, the picture appears in it without a shift, and all is stored.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { openStream } from '../servers/google-stream';
import {
  expect,
  expectFullPicture,
  googleEnvironment,
  newChat,
  pictures,
  sendMessage,
  test,
} from './fixture';

test.use({ pictureScale: 0.5 });

/** Records every layout shift from now on. @returns a function that returns them. */
async function watchLayoutShifts(page: Page): Promise<() => Promise<unknown>> {
  await page.evaluate(() => {
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push(JSON.stringify(entry));
    }).observe({ type: 'layout-shift', buffered: false });
  });
  return () => page.evaluate(() => Reflect.get(window, 'shifts'));
}

test('a message is answered at once, while its picture is being made', async ({ start, rows }) => {
  const { page } = await start({ env: { AFTERIMAGE_PAINTER_DELAY_MS: '600000' } });
  const field = page.getByRole('textbox', { name: 'Message' });
  const picture = pictures(page);

  await test.step('a message that requests no picture gets a text reply', async () => {
    await sendMessage(page, '/image');
    await expect(page.locator('article[data-role="assistant"][data-status="ready"]')).toContainText(
      'Say what the picture should show',
    );
    await expect(picture).toHaveCount(0);
    expect(rows('SELECT id FROM image_generation_log')).toEqual([]);
  });

  await test.step('the placeholder appears immediately in the right shape, and the user can keep typing', async () => {
    await newChat(page);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await sendMessage(page, 'generate image of sunset');
    await expect(picture).toHaveAttribute('aria-busy', 'true');
    await expect(picture.locator('img')).toHaveCount(0);
    const box = await picture.boundingBox();
    expect(box?.width).toBe(512);
    expect((box?.width ?? 0) / (box?.height ?? 1)).toBeCloseTo(1.5, 1);

    await expect(field).toHaveValue('');
    await expect(field).toBeFocused();
    await page.keyboard.type('and');
    await expect(field).toHaveValue('and');

    const article = page.locator('article[data-kind="image"]');
    await expect(article).toHaveAttribute('data-role', 'assistant');
    await expect(article).toHaveAttribute('data-status', 'generating');
    const [row] = rows(`SELECT id, status, prompt, provider FROM messages WHERE kind = 'image'`);
    expect(row).toMatchObject({ status: 'generating', prompt: 'sunset', provider: 'painter' });
    expect(await article.getAttribute('data-message-id')).toBe(row?.['id']);
  });

  await test.step('the placeholder is animated without reduced motion', async () => {
    const isSweeping = () =>
      page.evaluate(() =>
        document
          .getAnimations()
          .some(({ effect }) => effect?.getComputedTiming().easing?.startsWith('steps')),
      );
    await expect.poll(isSweeping).toBe(true);
    // It rests, so that waiting costs little, and comes again.
    await expect.poll(isSweeping).toBe(false);
    await expect.poll(isSweeping).toBe(true);
  });

  await test.step('Shift+Enter breaks the line, Enter sends, and an empty message is not sent', async () => {
    await newChat(page);
    await field.fill('');
    await field.press('Enter');
    await field.fill('   ');
    await field.press('Enter');
    await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();
    await field.fill('');
    await page.keyboard.type('one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('two');
    await expect(field).toHaveValue('one\ntwo');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(page.locator('article[data-role="user"]')).toHaveText('one\ntwo');
    await expect(page.locator('article[data-role="user"]')).toHaveCount(1);
  });
});

test('a painted picture appears in its placeholder without a layout shift, and is stored', async ({
  start,
  rows,
  dataFolder,
}) => {
  const { page } = await start({ env: { AFTERIMAGE_PAINTER_DELAY_MS: '1000' } });
  const shifts = await watchLayoutShifts(page);

  await test.step('the picture appears in the placeholder’s element without a layout shift', async () => {
    await sendMessage(page, 'paint a picture of a lake');
    const picture = pictures(page);
    await expect(picture).toHaveAttribute('aria-busy', 'true');
    const placeholder = await picture.elementHandle();
    const before = await picture.boundingBox();
    const question = page.locator('article[data-role="user"]');
    const questionBefore = await question.boundingBox();

    await expectFullPicture(picture);
    expect(await picture.boundingBox()).toEqual(before);
    expect(await question.boundingBox()).toEqual(questionBefore);
    expect(
      await placeholder?.evaluate((element) => element.isConnected && element.getAttribute('data-visible')),
    ).toBe('full');
    await expect(picture.getByRole('img', { name: 'a lake' })).toBeVisible();
    expect(await shifts()).toEqual([]);
  });

  await test.step('a finished picture is in all three tables and on disk, and the outbox is empty', async () => {
    await expect.poll(() => rows('SELECT id FROM outbox').length).toBe(0);
    const [message] = rows(`SELECT * FROM messages WHERE kind = 'image'`);
    const [image] = rows('SELECT * FROM user_images');
    const [attempt] = rows('SELECT * FROM image_generation_log');
    expect(message).toMatchObject({ status: 'ready', prompt: 'a lake', width: 1536, height: 1024 });
    expect(image).toMatchObject({
      message_id: message?.['id'],
      file: message?.['image_file'],
      prompt: 'a lake',
    });
    expect(attempt).toMatchObject({
      message_id: message?.['id'],
      provider: 'painter',
      outcome: 'ready',
      cost_micro_usd: 0,
    });
    expect(String(message?.['image_file'])).toMatch(/^images\//);
    expect(existsSync(path.join(dataFolder, String(message?.['image_file'])))).toBe(true);
  });

  await test.step('a long conversation stays at its end while pictures arrive, without a layout shift', async () => {
    for (const prompt of ['a city at night', 'a red boat']) {
      await sendMessage(page, prompt);
      await expect(page.getByRole('img', { name: prompt })).toHaveCSS('opacity', '1');
    }
    const log = page.getByRole('log', { name: 'Conversation' });
    const rest = () =>
      log.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop);
    await expect.poll(rest).toBeLessThan(2);
    expect(await shifts()).toEqual([]);
  });

  await test.step('four pictures of one request are shown side by side', async () => {
    await newChat(page);
    await page.getByRole('button', { name: 'Options: default' }).click();
    await page.getByRole('group', { name: 'How many' }).getByText('4').click();
    await page.keyboard.press('Escape');
    await sendMessage(page, 'an owl at night');
    await expect(pictures(page)).toHaveCount(4);
    for (const index of [0, 1, 2, 3]) await expectFullPicture(pictures(page).nth(index));
    const made = rows(
      `SELECT DISTINCT group_id, json_extract(params, '$.seed') AS seed FROM messages
       WHERE kind = 'image' AND prompt = 'an owl at night'`,
    );
    expect(new Set(made.map((row) => row['group_id'])).size).toBe(1);
    expect(new Set(made.map((row) => row['seed'])).size).toBe(4);
  });
});

test('pictures of a service appear where their placeholders are', async ({ start, google }) => {
  const { page } = await start({ env: googleEnvironment(google) });
  const log = page.getByRole('log', { name: 'Conversation' });

  await test.step('messages that the user scrolled up to stay in place', async () => {
    for (const prompt of ['a fox', 'a city at night', 'a red boat']) {
      await sendMessage(page, prompt);
      await expect(page.getByRole('img', { name: prompt })).toHaveCSS('opacity', '1');
    }
    google.answerNext(openStream(['A whale '], 1));
    await sendMessage(page, 'what is a whale?');
    await expect(page.locator('article[data-status="streaming"]')).toHaveCount(1);
    await log.hover();
    await page.mouse.wheel(0, -100_000);
    await expect.poll(() => log.evaluate((element) => element.scrollTop)).toBe(0);
    await expect(page.getByRole('button', { name: 'Go to the newest message' })).toBeVisible();
    google.release();
    await expect(page.locator('article[data-role="assistant"][data-kind="text"]')).toHaveAttribute(
      'data-status',
      'ready',
    );
    expect(await log.evaluate((element) => element.scrollTop)).toBe(0);
    await page.getByRole('button', { name: 'New answer' }).click();
    await expect(page.getByText('what is a whale?', { exact: true }).last()).toBeInViewport();
  });

  await test.step('several pictures are made at once, each in its own place', async () => {
    await newChat(page);
    google.reset();
    google.setDefault({ kind: 'hang' });
    const prompts = ['a fox', 'a whale', 'a boat'];
    for (const prompt of prompts) await sendMessage(page, prompt);
    await expect(pictures(page)).toHaveCount(3);
    await google.received(3);
    await expect(page.locator('article[data-status="generating"]')).toHaveCount(3);
    google.release();
    for (const [index, prompt] of prompts.entries()) {
      await expectFullPicture(pictures(page).nth(index));
      await expect(pictures(page).nth(index).getByRole('img')).toHaveAttribute('alt', prompt);
    }
  });

  await test.step('a picture of another shape keeps its box from placeholder to full picture', async () => {
    await newChat(page);
    google.reset();
    google.answerNext({ kind: 'hang' });
    await page.getByRole('button', { name: 'Shape: Landscape 3:2' }).click();
    await page.getByText('9:16').click();
    await sendMessage(page, 'a waterfall in a forest');
    await expect(pictures(page)).toHaveAttribute('aria-busy', 'true');
    const before = await pictures(page).boundingBox();
    expect((before?.height ?? 0) / (before?.width ?? 1)).toBeCloseTo(16 / 9, 1);
    await google.received(1);
    google.release();
    await expectFullPicture(pictures(page));
    expect(await pictures(page).boundingBox()).toEqual(before);
  });

  await test.step('nothing is animated under reduced motion', async () => {
    await newChat(page);
    google.reset();
    google.answerNext({ kind: 'hang' });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await sendMessage(page, 'a fox');
    await expect(pictures(page)).toHaveAttribute('aria-busy', 'true');
    const running = () => page.evaluate(() => document.getAnimations().length);
    await expect.poll(running).toBe(0);
    await google.received(1);
    google.release();
    await expectFullPicture(pictures(page));
    await expect.poll(running).toBe(0);
  });

  await test.step('picture mode makes a picture of any message', async () => {
    await newChat(page);
    google.reset();
    await page.getByRole('button', { name: 'Picture only' }).click();
    await sendMessage(page, 'loneliness');
    await expectFullPicture(pictures(page));
  });
});
