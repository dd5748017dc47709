import { existsSync, linkSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { FaultPoint } from '../../shared/domain/fault-points';
import { arrivalsFolder } from '../../shared/domain/picture-files';
import { askGenerator } from '../faults/generator-kills';
import type { Running } from '../harness/launch';
import { expect, expectFullPicture, newChat, pictures, sendMessage, test, untilDead } from './fixture';

test.use({ pictureScale: 0.5 });

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
