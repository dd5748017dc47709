// Reusing pictures of the same prompt and seed, choosing seeds, and prefetching with the painter.
import { existsSync, linkSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type {} from '../../renderer/ipc';
import type { FaultPoint } from '../../shared/domain/fault-points';
import { arrivalsFolder } from '../../shared/domain/picture-files';
import { askGenerator } from '../faults/generator-kills';
import {
  chooseAction,
  expect,
  expectFullPicture,
  googleEnvironment,
  newMessage,
  openSettings,
  pictures,
  sendMessage,
  test,
} from './fixture';

/** Enters a seed in the composer's menu; an empty seed means random. */
async function chooseSeed(page: Page, seed: string): Promise<void> {
  await page.getByRole('button', { name: /^Options: / }).click();
  const field = page.getByRole('textbox', { name: 'Seed' });
  await field.fill(seed);
  await field.press('Enter');
  await expect(field).toBeHidden();
}

function answers(page: Page) {
  return page.locator('article[data-kind="image"]');
}

test('the same prompt and seed reuse the gallery’s picture until the user requests a new one', async ({
  start,
  rows,
}) => {
  const { page } = await start();
  await chooseSeed(page, '42');
  await sendMessage(page, 'a red fox at dawn');
  await expectFullPicture(pictures(page).nth(0));
  await expect.poll(() => rows('SELECT id FROM user_images').length).toBe(1);

  await sendMessage(page, '  a red  fox at dawn');
  await expectFullPicture(pictures(page).nth(1));
  const again = answers(page).nth(1);
  await expect(again).toContainText('From your gallery, free');
  await expect(again).toHaveAttribute('data-status', 'ready');
  const [made, reused] = rows(
    `SELECT id, image_file, picture_id FROM messages WHERE kind = 'image' ORDER BY seq`,
  );
  expect(reused).toMatchObject({ picture_id: made?.['id'], image_file: made?.['image_file'] });
  expect(await again.getAttribute('data-message-id')).toBe(reused?.['id']);

  await again.getByRole('button', { name: 'Again' }).click();
  await expectFullPicture(pictures(page).nth(2));
  await expect(answers(page).nth(2)).not.toContainText('From your gallery');
  await expect.poll(() => rows('SELECT id FROM user_images').length).toBe(2);
  expect(rows('SELECT cost_micro_usd FROM image_generation_log WHERE picture_id IS NOT NULL')).toHaveLength(
    1,
  );
});

test('deleting a reused picture removes it from both messages', async ({ start }) => {
  const { page } = await start();
  await chooseSeed(page, '7');
  for (const index of [0, 1]) {
    await sendMessage(page, 'a harbour in fog');
    await expectFullPicture(pictures(page).nth(index));
  }
  await chooseAction(answers(page).nth(1), 'Delete');
  await expect(page.getByText('This picture is in Trash')).toHaveCount(2);
  await pictures(page).nth(0).getByRole('button', { name: 'Restore' }).click();
  await expectFullPicture(pictures(page).nth(0));
  await expectFullPicture(pictures(page).nth(1));
});

test('a finished picture puts its prompt, shape and seed back into the composer', async ({ start, rows }) => {
  const { page } = await start();
  await sendMessage(page, 'a boat on a lake');
  await expectFullPicture(pictures(page));
  await chooseAction(answers(page), 'Use seed');
  const [row] = rows(`SELECT json_extract(params, '$.seed') AS seed FROM messages WHERE kind = 'image'`);
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('a boat on a lake');
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await expect(page.getByRole('button', { name: `Options: seed ${row?.['seed']}` })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(answers(page).nth(1)).toContainText('From your gallery, free');
});

test('several pictures with a chosen seed use consecutive seeds, and random resets it', async ({
  start,
  rows,
}) => {
  const { page } = await start();
  await chooseSeed(page, '5');
  await page.getByRole('button', { name: /^Options: / }).click();
  await page.getByRole('group', { name: 'How many' }).getByText('2').click();
  await page.keyboard.press('Escape');
  await sendMessage(page, 'a tower of glass');
  await expect(pictures(page)).toHaveCount(2);
  await chooseSeed(page, '');
  await sendMessage(page, 'a tower of stone');
  await expect(pictures(page)).toHaveCount(4);
  const params = rows(`SELECT params FROM messages WHERE kind = 'image' ORDER BY seq`).map(
    ({ params: json }) => JSON.parse(String(json)),
  );
  expect(params.slice(0, 2)).toMatchObject([
    { seed: 5, seedChosen: true },
    { seed: 6, seedChosen: true },
  ]);
  for (const other of params.slice(2)) expect(other).not.toHaveProperty('seedChosen');
});

test('a billed service without seeds gets one request per prompt if the setting allows reuse', async ({
  start,
  google,
}) => {
  const { page } = await start({ env: googleEnvironment(google) });
  await page.getByRole('button', { name: /^Options/ }).click();
  await expect(page.getByText('How many')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Seed' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await sendMessage(page, 'paint a blue door');
  await expectFullPicture(pictures(page).nth(0));
  await sendMessage(page, 'paint a blue door');
  await expectFullPicture(pictures(page).nth(1));
  expect(google.requests).toHaveLength(2);

  await openSettings(page, 'Pictures');
  await page.getByText('With the same prompt').click();
  await page.getByRole('link', { name: 'Chat' }).click();
  await sendMessage(page, 'paint a blue door');
  await expectFullPicture(pictures(page).nth(2));
  await expect(answers(page).nth(2)).toContainText('From your gallery, free');
  expect(google.requests).toHaveLength(2);
  await answers(page).nth(2).getByRole('button', { name: 'Again' }).click();
  await expectFullPicture(pictures(page).nth(3));
  expect(google.requests).toHaveLength(3);
});

/** @returns the names of the complete prefetched pictures. */
function prefetched(dataFolder: string): string[] {
  const folder = path.join(dataFolder, arrivalsFolder);
  return existsSync(folder) ? readdirSync(folder).filter((name) => !name.includes('.')) : [];
}

/** Moves the pointer away from the starters: the display's pointer may rest on one, which would prefetch it. */
async function movePointerAway(page: Page, dataFolder: string): Promise<void> {
  await page.mouse.move(2, 2);
  await expect.poll(() => prefetched(dataFolder)).toEqual([]);
}

/** Hovers over a starter until its picture is prefetched. Retries, because another window may take the pointer. */
async function hoverUntilPrefetched(page: Page, dataFolder: string, starter: Locator): Promise<void> {
  await movePointerAway(page, dataFolder);
  await expect(async () => {
    await page.mouse.move(2, 2);
    await starter.hover();
    await expect.poll(() => prefetched(dataFolder), { timeout: 3000 }).toHaveLength(1);
  }).toPass();
}

/** Types a message and waits until its picture is prefetched. @returns the inode of its file. */
async function typeAndPrefetch(page: Page, dataFolder: string, text: string): Promise<number> {
  await movePointerAway(page, dataFolder);
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await expect.poll(() => prefetched(dataFolder)).toHaveLength(1);
  return statSync(path.join(dataFolder, arrivalsFolder, prefetched(dataFolder)[0] ?? '')).ino;
}

function files(dataFolder: string, folder: string): string[] {
  const where = path.join(dataFolder, folder);
  if (!existsSync(where)) return [];
  return readdirSync(where, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

test('a message uses the picture that was prefetched during a pause', async ({ start, dataFolder, rows }) => {
  const { page } = await start();
  const inode = await typeAndPrefetch(page, dataFolder, 'a red fox at dawn');
  expect(rows('SELECT id FROM messages')).toEqual([]);
  expect(files(dataFolder, 'images')).toEqual([]);

  await page.keyboard.press('Enter');
  await expectFullPicture(pictures(page));
  const [row] = rows(`SELECT image_file FROM messages WHERE kind = 'image'`);
  expect(statSync(path.join(dataFolder, String(row?.['image_file']))).ino).toBe(inode);
  await expect.poll(() => rows('SELECT id FROM user_images')).toHaveLength(1);
  expect(prefetched(dataFolder)).toEqual([]);
});

test('hovering over a starter prefetches its picture, and choosing it uses that picture', async ({
  start,
  dataFolder,
  rows,
}) => {
  const { page } = await start();
  const starter = page.getByRole('button', { name: 'a lighthouse at sunset' });
  await hoverUntilPrefetched(page, dataFolder, starter);
  const inode = statSync(path.join(dataFolder, arrivalsFolder, prefetched(dataFolder)[0] ?? '')).ino;
  await starter.click();
  await expectFullPicture(pictures(page));
  const [picture] = rows('SELECT image_file FROM messages WHERE image_file IS NOT NULL');
  expect(statSync(path.join(dataFolder, String(picture?.['image_file']))).ino).toBe(inode);
  expect(prefetched(dataFolder)).toEqual([]);
});

test('a typed message is prefetched while the pointer is on a starter and kept when the pointer leaves', async ({
  start,
  dataFolder,
  rows,
}) => {
  const { page } = await start();
  await hoverUntilPrefetched(page, dataFolder, page.getByRole('button', { name: 'a lighthouse at sunset' }));
  const [starter] = prefetched(dataFolder);
  await page.getByRole('textbox', { name: 'Message' }).fill('a red fox at dawn');
  const other = () => prefetched(dataFolder).filter((name) => name !== starter);
  await expect.poll(other).toHaveLength(1);
  const inode = statSync(path.join(dataFolder, arrivalsFolder, other()[0] ?? '')).ino;
  await page.mouse.move(2, 2);
  await page.getByRole('textbox', { name: 'Message' }).press('Enter');
  await expectFullPicture(pictures(page));
  const [row] = rows(`SELECT image_file FROM messages WHERE kind = 'image'`);
  expect(statSync(path.join(dataFolder, String(row?.['image_file']))).ino).toBe(inode);
});

test('a prefetched picture for a changed message is deleted and never enters the gallery', async ({
  start,
  dataFolder,
  rows,
}) => {
  const { page } = await start();
  await typeAndPrefetch(page, dataFolder, 'a red fox at dawn');
  await page.getByRole('textbox', { name: 'Message' }).fill('how are you?');
  await expect.poll(() => prefetched(dataFolder)).toEqual([]);

  const another = await typeAndPrefetch(page, dataFolder, 'a harbour in fog');
  // A second hard link keeps the inode in use, so that no other file can get it.
  linkSync(
    path.join(dataFolder, arrivalsFolder, prefetched(dataFolder)[0] ?? ''),
    path.join(dataFolder, 'held.png'),
  );
  await sendMessage(page, 'a tower of glass');
  await expectFullPicture(pictures(page));
  await expect.poll(() => prefetched(dataFolder)).toEqual([]);
  const [row, ...others] = rows(`SELECT image_file FROM messages WHERE kind = 'image'`);
  expect(statSync(path.join(dataFolder, String(row?.['image_file']))).ino).not.toBe(another);
  expect(others).toEqual([]);
  await expect.poll(() => rows('SELECT prompt FROM user_images')).toEqual([{ prompt: 'a tower of glass' }]);
});

test('Stop ends a picture that waits for its prefetch', async ({ start, rows }) => {
  const { page } = await start({ env: { AFTERIMAGE_PAINTER_DELAY_MS: '600000' } });
  await page.evaluate(async (ids) => {
    const prompt = { text: 'a red fox at dawn', mode: 'auto', aspectRatio: '3:2' } as const;
    await window.afterimage.request('chat:prefetch', prompt);
    const sent = await window.afterimage.request('chat:send', { ...prompt, ...ids });
    if (!sent.ok) throw new Error(sent.message);
    for (const { id: messageId } of sent.value.messages.slice(1)) {
      await window.afterimage.request('messages:cancel', { messageId });
    }
  }, newMessage());
  const status = `SELECT status FROM messages WHERE kind = 'image'`;
  await expect.poll(() => rows(status)).toEqual([{ status: 'cancelled' }]);
});

test('the next start deletes a prefetched picture after a kill', async ({ start, dataFolder, rows }) => {
  const first = await start();
  await typeAndPrefetch(first.page, dataFolder, 'a red fox at dawn');
  await first.kill();
  expect(prefetched(dataFolder)).toHaveLength(1);

  const { page } = await start();
  // The generator tidies up when it starts.
  await page.evaluate(askGenerator);
  await expect.poll(() => prefetched(dataFolder)).toEqual([]);
  await expect(pictures(page)).toHaveCount(0);
  expect(rows('SELECT id FROM messages UNION ALL SELECT id FROM user_images')).toEqual([]);
  expect(files(dataFolder, 'images')).toEqual([]);
});

const points: FaultPoint[] = ['send: committed', 'begin: committed', 'store: the recipe is written'];

for (const point of points) {
  test(`a prefetched picture is stored once after a kill at "${point}"`, async ({
    start,
    dataFolder,
    rows,
  }) => {
    const first = await start({ env: { AFTERIMAGE_FAULT_POINT: point } });
    const died = new Promise((resolve) => first.electron.process().once('exit', resolve));
    await typeAndPrefetch(first.page, dataFolder, 'a red fox at dawn');
    await first.page.keyboard.press('Enter').catch(() => {});
    await died;
    await first.kill();

    const { page } = await start();
    await expectFullPicture(pictures(page));
    await expect.poll(() => rows('SELECT id FROM user_images')).toHaveLength(1);
    await expect.poll(() => prefetched(dataFolder)).toEqual([]);
    const [row] = rows(`SELECT id FROM messages WHERE kind = 'image'`);
    const strangers = files(dataFolder, 'images').filter((name) => !name.startsWith(String(row?.['id'])));
    expect(strangers).toEqual([]);
  });
}
