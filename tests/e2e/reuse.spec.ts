// Reusing pictures of the same prompt and seed, choosing seeds, and prefetching with the painter.
import { existsSync, linkSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type {} from '../../renderer/ipc';
import type { FaultPoint } from '../../shared/domain/fault-points';
import { arrivalsFolder } from '../../shared/domain/picture-files';
import { askGenerator } from '../faults/generator-kills';
import type { Running } from '../harness/launch';
import {
  chooseAction,
  expect,
  expectFullPicture,
  googleEnvironment,
  newChat,
  newMessage,
  openSettings,
  pictures,
  sendMessage,
  test,
  untilDead,
} from './fixture';

test.use({ pictureScale: 0.5 });

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

test('pictures are reused by prompt and seed, in Trash for all of their messages, and lead back to their seed', async ({
  start,
  rows,
}) => {
  const { page } = await start();
  const again = answers(page).nth(1);

  await test.step('the same prompt and seed reuse the gallery’s picture until the user requests a new one', async () => {
    await chooseSeed(page, '42');
    await sendMessage(page, 'a red fox at dawn');
    await expectFullPicture(pictures(page).nth(0));
    await expect.poll(() => rows('SELECT id FROM user_images').length).toBe(1);

    await sendMessage(page, '  a red  fox at dawn');
    await expectFullPicture(pictures(page).nth(1));
    await expect(again).toContainText('From your gallery, free');
    await expect(again).toHaveAttribute('data-status', 'ready');
    const [made, reused] = rows(
      `SELECT id, image_file, picture_id FROM messages WHERE kind = 'image' ORDER BY seq`,
    );
    expect(reused).toMatchObject({ picture_id: made?.['id'], image_file: made?.['image_file'] });
    expect(await again.getAttribute('data-message-id')).toBe(reused?.['id']);
  });

  await test.step('deleting a reused picture removes it from both messages', async () => {
    await chooseAction(again, 'Delete');
    await expect(page.getByText('This picture is in Trash')).toHaveCount(2);
    await pictures(page).nth(0).getByRole('button', { name: 'Restore' }).click();
    await expectFullPicture(pictures(page).nth(0));
    await expectFullPicture(pictures(page).nth(1));
  });

  await test.step('Again requests a new one', async () => {
    await again.getByRole('button', { name: 'Again' }).click();
    await expectFullPicture(pictures(page).nth(2));
    await expect(answers(page).nth(2)).not.toContainText('From your gallery');
    await expect.poll(() => rows('SELECT id FROM user_images').length).toBe(2);
    expect(rows('SELECT cost_micro_usd FROM image_generation_log WHERE picture_id IS NOT NULL')).toHaveLength(
      1,
    );
  });

  await test.step('a finished picture puts its prompt, shape and seed back into the composer', async () => {
    await newChat(page);
    await chooseSeed(page, '');
    await sendMessage(page, 'a boat on a lake');
    await expectFullPicture(pictures(page));
    await chooseAction(answers(page), 'Use seed');
    const [row] = rows(
      `SELECT json_extract(params, '$.seed') AS seed FROM messages WHERE kind = 'image' ORDER BY id DESC`,
    );
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('a boat on a lake');
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
    await expect(page.getByRole('button', { name: `Options: seed ${row?.['seed']}` })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(answers(page).nth(1)).toContainText('From your gallery, free');
  });
});

test('a picture that waits for its prefetch can be stopped, and chosen seeds are consecutive', async ({
  start,
  rows,
}) => {
  // None of these pictures has to be made.
  const { page } = await start({ env: { AFTERIMAGE_PAINTER_DELAY_MS: '600000' } });

  await test.step('Stop ends a picture that waits for its prefetch', async () => {
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

  await test.step('several pictures with a chosen seed use consecutive seeds, and random resets it', async () => {
    await chooseSeed(page, '5');
    await page.getByRole('button', { name: /^Options: / }).click();
    await page.getByRole('group', { name: 'How many' }).getByText('2').click();
    await page.keyboard.press('Escape');
    await sendMessage(page, 'a tower of glass');
    await expect(pictures(page)).toHaveCount(2);
    await chooseSeed(page, '');
    await sendMessage(page, 'a tower of stone');
    await expect(pictures(page)).toHaveCount(4);
    // They are on screen before they are stored.
    const stored = () =>
      rows(`SELECT params FROM messages WHERE kind = 'image' AND prompt LIKE 'a tower%' ORDER BY seq`);
    await expect.poll(stored).toHaveLength(4);
    const params = stored().map(({ params: json }) => JSON.parse(String(json)));
    expect(params.slice(0, 2)).toMatchObject([
      { seed: 5, seedChosen: true },
      { seed: 6, seedChosen: true },
    ]);
    for (const other of params.slice(2)) expect(other).not.toHaveProperty('seedChosen');
  });
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
    await expect.poll(() => prefetched(dataFolder), { timeout: 15_000 }).toHaveLength(1);
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

test('a prefetched picture is used by its message alone, typed or pointed at', async ({
  start,
  dataFolder,
  rows,
}) => {
  const { page } = await start();
  const message = page.getByRole('textbox', { name: 'Message' });
  const starter = page.getByRole('button', { name: 'a lighthouse at sunset' });
  const madeOf = (prompt: string) =>
    rows(`SELECT image_file FROM messages WHERE kind = 'image' AND prompt = '${prompt}'`);
  const inodeOf = (file: unknown) => statSync(path.join(dataFolder, String(file))).ino;

  await test.step('one for a changed message is deleted and never enters the gallery', async () => {
    await typeAndPrefetch(page, dataFolder, 'a red fox at dawn');
    expect(rows('SELECT id FROM messages')).toEqual([]);
    expect(files(dataFolder, 'images')).toEqual([]);
    await message.fill('how are you?');
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
    expect(inodeOf(row?.['image_file'])).not.toBe(another);
    expect(others).toEqual([]);
    await expect.poll(() => rows('SELECT prompt FROM user_images')).toEqual([{ prompt: 'a tower of glass' }]);
  });

  await test.step('a message uses the picture that was prefetched during a pause', async () => {
    const inode = await typeAndPrefetch(page, dataFolder, 'a red fox at dawn');
    expect(madeOf('a red fox at dawn')).toEqual([]);
    await page.keyboard.press('Enter');
    await expectFullPicture(pictures(page).nth(1));
    expect(inodeOf(madeOf('a red fox at dawn')[0]?.['image_file'])).toBe(inode);
    await expect.poll(() => rows('SELECT id FROM user_images')).toHaveLength(2);
    await expect.poll(() => prefetched(dataFolder)).toEqual([]);
  });

  await test.step('a typed message is prefetched while the pointer is on a starter and kept when it leaves', async () => {
    await newChat(page);
    await hoverUntilPrefetched(page, dataFolder, starter);
    const [pointedAt] = prefetched(dataFolder);
    await message.fill('a blue owl at dusk');
    const other = () => prefetched(dataFolder).filter((name) => name !== pointedAt);
    await expect.poll(other).toHaveLength(1);
    const inode = inodeOf(path.join(arrivalsFolder, other()[0] ?? ''));
    await page.mouse.move(2, 2);
    await message.press('Enter');
    await expectFullPicture(pictures(page));
    expect(inodeOf(madeOf('a blue owl at dusk')[0]?.['image_file'])).toBe(inode);
  });

  await test.step('choosing a starter uses the picture that hovering over it prefetched', async () => {
    await newChat(page);
    await hoverUntilPrefetched(page, dataFolder, starter);
    const inode = inodeOf(path.join(arrivalsFolder, prefetched(dataFolder)[0] ?? ''));
    await starter.click();
    await expectFullPicture(pictures(page));
    expect(inodeOf(madeOf('a lighthouse at sunset')[0]?.['image_file'])).toBe(inode);
    await expect.poll(() => prefetched(dataFolder)).toEqual([]);
  });
});

test('a prefetched picture is stored once after a kill when it was sent, and deleted when it was not', async ({
  start,
  dataFolder,
  rows,
}) => {
  test.slow();
  let sent = 0;
  /** Sends a message with a prefetched picture to an app that kills itself on the way. */
  async function sendAndDie(running: Running, text: string): Promise<void> {
    await typeAndPrefetch(running.page, dataFolder, text);
    await untilDead(running, () => running.page.keyboard.press('Enter'));
    await running.kill();
    sent += 1;
  }
  async function expectAllStoredOnce({ page }: Running): Promise<void> {
    await expect(pictures(page)).toHaveCount(sent);
    for (const picture of await pictures(page).all()) await expectFullPicture(picture);
    await expect.poll(() => rows('SELECT id FROM user_images')).toHaveLength(sent);
    await expect.poll(() => prefetched(dataFolder)).toEqual([]);
    const ids = rows(`SELECT id FROM messages WHERE kind = 'image'`).map(({ id }) => String(id));
    expect(ids).toHaveLength(sent);
    expect(files(dataFolder, 'images').filter((name) => !ids.some((id) => name.startsWith(id)))).toEqual([]);
  }
  const armed = (point: FaultPoint) => ({ env: { AFTERIMAGE_FAULT_POINT: point } });

  const atStore = await start(armed('store: the recipe is written'));
  await test.step('killed when it is stored', () => sendAndDie(atStore, 'a boat on a lake'));

  const atSend = await start(armed('send: committed'));
  await test.step('stored once after that', () => expectAllStoredOnce(atSend));
  await test.step('killed when its message is saved', () => sendAndDie(atSend, 'a tower of glass'));

  const unarmed = await start();
  await test.step('stored once after that, too', () => expectAllStoredOnce(unarmed));
  await test.step('killed before its message is sent', async () => {
    await typeAndPrefetch(unarmed.page, dataFolder, 'a red fox at dawn');
    await unarmed.kill();
    expect(prefetched(dataFolder)).toHaveLength(1);
  });

  const atBegin = await start(armed('begin: committed'));
  await test.step('deleted by the next start, without a message or a picture', async () => {
    // The generator tidies up when it starts.
    await atBegin.page.evaluate(askGenerator);
    await expectAllStoredOnce(atBegin);
  });
  await test.step('killed when its message begins', () => sendAndDie(atBegin, 'a harbour in fog'));

  const last = await start();
  await test.step('stored once after that as well', () => expectAllStoredOnce(last));
});
