import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { patient } from '../harness/patient';
import { accessibilityProblems } from './accessibility';
import { chooseAction, expect, expectFullPicture, pictures, redFox, test } from './fixture';
import { openGallery } from './gallery-parts';
import { filesOf } from './picture-files';

async function openTrash(page: Page): Promise<Locator> {
  await openGallery(page);
  await page.getByRole('link', { name: 'Trash' }).click();
  await expect(page.getByRole('button', { name: 'Empty Trash' })).toBeVisible();
  return page.locator('[data-trash-id]');
}

async function idOfPicture(page: Page, dataFolder: string): Promise<string> {
  await expectFullPicture(pictures(page).last());
  const id = (await page.locator('article[data-kind="image"]').last().getAttribute('data-message-id')) ?? '';
  // The thumbnail is stored shortly after the picture.
  await expect.poll(() => filesOf(dataFolder, id).some((name) => name.endsWith('.webp'))).toBe(true);
  return id;
}

test('restores a deleted picture by undo and from Trash, and purges it on request', async ({
  start,
  startWithPictures,
  rows,
  dataFolder,
}) => {
  const first = await startWithPictures(redFox);
  const id = await idOfPicture(first.page, dataFolder);
  const tiles = await openGallery(first.page);
  await tiles.first().focus();
  await first.page.keyboard.press('Delete');
  await expect(tiles).toHaveCount(0);
  await first.page.getByRole('button', { name: 'Undo' }).click();
  await expect(tiles).toHaveCount(1);

  await tiles.first().click();
  await first.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(tiles).toHaveCount(0);
  await first.page.getByRole('link', { name: 'Chat' }).click();
  const picture = pictures(first.page);
  await expect(picture).toContainText('This picture is in Trash');
  const box = await picture.boundingBox();
  await first.kill();

  const { page } = await start();
  await expect(pictures(page)).toContainText('This picture is in Trash');
  const trash = await openTrash(page);
  await expect(trash).toHaveCount(1);
  await expect(trash.getByText(/^Will be removed on \d/)).toBeVisible();
  // It shows as in the gallery: whole, in its own ratio.
  const [size] = rows('SELECT width, height FROM user_images');
  const ratio = async () => {
    const { width = 0, height = 1 } = (await trash.locator('img').boundingBox()) ?? {};
    return width / height;
  };
  await expect.poll(ratio).toBeCloseTo(Number(size?.['width']) / Number(size?.['height']), 1);
  await trash.getByRole('button', { name: 'Restore' }).click();
  await expect(trash).toHaveCount(0);
  // It says so, and offers the way back to Trash and the way to the picture.
  const notices = page.getByRole('status', { name: 'Notices' });
  await expect(notices).toContainText('Picture restored');
  await notices.getByRole('button', { name: 'Undo' }).click();
  await expect(trash).toHaveCount(1);
  await trash.getByRole('button', { name: 'Restore' }).click();
  await notices.getByText('Picture restored').locator('..').getByRole('button', { name: 'Show' }).click();
  await expect(page.getByRole('dialog', { name: 'Picture' })).toHaveAccessibleDescription(/red fox/);
  await expect(page.getByRole('main', { name: 'Gallery' })).toBeVisible();
  await page.keyboard.press('Escape');
  // The way back leads to where one was.
  await openTrash(page);
  await page.getByRole('button', { name: 'Back to the gallery' }).click();
  await expect(page.getByRole('main', { name: 'Gallery' })).toBeVisible();
  await page.getByRole('link', { name: 'Chat' }).click();
  await expectFullPicture(pictures(page));
  await expect.poll(() => pictures(page).boundingBox()).toEqual(box);

  await page.locator('article[data-kind="image"]').hover();
  await chooseAction(page.locator('article[data-kind="image"]'), 'Delete');
  await pictures(page).getByRole('button', { name: 'Restore' }).click();
  await expectFullPicture(pictures(page));
  await page.locator('article[data-kind="image"]').hover();
  await chooseAction(page.locator('article[data-kind="image"]'), 'Delete');
  await expect(pictures(page)).toContainText('This picture is in Trash');
  await expect.poll(() => pictures(page).boundingBox()).toEqual(box);
  expect(filesOf(dataFolder, id).length).toBeGreaterThanOrEqual(2);

  await openTrash(page);
  await page.getByRole('button', { name: 'Empty Trash' }).click();
  const question = page.getByRole('dialog', { name: 'Empty Trash?' });
  await expect(question).toContainText(/1 picture will be removed permanently. This frees [\d.]+\s[kM]B/);
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(trash).toHaveCount(1);
  await page.getByRole('button', { name: 'Empty Trash' }).click();
  await question.getByRole('button', { name: 'Empty Trash' }).click();
  await expect(page.getByText('Trash is empty.', { exact: true })).toBeVisible();
  await expect.poll(() => filesOf(dataFolder, id)).toEqual([]);
  await expect.poll(() => rows('SELECT id FROM user_images')).toEqual([]);
  await expect
    .poll(() => rows(`SELECT status, image_file FROM messages WHERE kind = 'image'`))
    .toEqual([{ status: 'ready', image_file: null }]);
  await page.getByRole('link', { name: 'Chat' }).click();
  await expect(pictures(page)).toContainText('This picture was deleted');
  await expect.poll(() => pictures(page).boundingBox()).toEqual(box);
});

test('restores all pictures from Trash at once, and a conversation, whose pictures stay when it is purged', async ({
  startWithPictures,
  rows,
  dataFolder,
}) => {
  const { page } = await startWithPictures(['draw a red fox at dawn', 'draw a whale', 'draw a heron']);
  const id = await idOfPicture(page, dataFolder);
  const trash = page.locator('[data-trash-id]');

  await test.step('all pictures are restored at once', async () => {
    const tiles = await openGallery(page);
    await expect(tiles).toHaveCount(3);
    await tiles.first().focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await expect(tiles).toHaveCount(0);
    await expect(await openTrash(page)).toHaveCount(3);
    await page.getByRole('button', { name: 'Restore all' }).click();
    await expect(page.getByText('Trash is empty.', { exact: true })).toBeVisible();
    await expect(page.getByText('3 pictures restored')).toBeVisible();
    await expect(await openGallery(page)).toHaveCount(3);
  });

  await test.step('a conversation is restored, and its pictures stay when it is purged', async () => {
    const list = page.getByRole('navigation', { name: 'Chats' });
    const deleteIt = async () => {
      // Uses the keyboard, because the button depends on the real pointer hovering over its row.
      await list.getByRole('listitem').first().getByRole('button', { name: 'Delete' }).focus();
      await page.keyboard.press('Enter');
      await expect(list.getByRole('listitem')).toHaveCount(0);
    };
    await page.getByRole('link', { name: 'Chat' }).click();
    await deleteIt();
    await openTrash(page);
    await expect(trash).toContainText('a red fox at dawn');
    await trash.getByRole('button', { name: 'Restore' }).click();
    await expect(list.getByRole('listitem')).toHaveCount(1);
    await expect(page.getByRole('button', { name: 'Back to the gallery' })).toBeVisible();
    await page.getByText('Chat restored').locator('..').getByRole('button', { name: 'Show' }).click();
    await expect(page.locator('article').first()).toContainText('a red fox at dawn');
    await deleteIt();
    await openTrash(page);
    await page.getByRole('button', { name: 'Empty Trash' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Empty Trash' }).click();
    await expect(trash).toHaveCount(0);
    await expect.poll(() => rows('SELECT id FROM messages').length).toBe(0);
    await expect.poll(() => rows('SELECT id FROM conversations')).toEqual([]);
    await expect(await openGallery(page)).toHaveCount(3);
    expect(filesOf(dataFolder, id).length).toBeGreaterThanOrEqual(2);
  });
});

test('pictures of Trash open large, are restored from there, and are deleted for good one by one', async ({
  startWithPictures,
  rows,
  dataFolder,
}) => {
  const { page } = await startWithPictures(['draw a red fox at dawn', 'draw a whale', 'draw a heron']);
  await idOfPicture(page, dataFolder);
  const [fox] = rows(`SELECT id FROM user_images WHERE prompt LIKE '%fox%'`);
  const id = String(fox?.['id']);
  const tiles = await openGallery(page);
  await tiles.first().focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(tiles).toHaveCount(0);
  const trash = await openTrash(page);
  await expect(trash).toHaveCount(3);
  const lightbox = page.getByRole('dialog', { name: 'Picture', exact: true });
  const question = page.getByRole('dialog', { name: 'Delete this picture for good?' });

  await test.step('one opens with its neighbours, and only what leads out of Trash is offered', async () => {
    await trash.getByRole('button', { name: /fox/ }).click();
    await expect(lightbox.locator('img[data-full="true"]')).toBeVisible();
    await expect(lightbox).toContainText('1 of 3');
    await page.keyboard.press('ArrowRight');
    await expect(lightbox).toHaveAccessibleDescription(/whale/);
    await expect(lightbox).toContainText('2 of 3');
    await expect(
      lightbox.locator('footer').getByRole('button', { name: /Restore|Delete for good/ }),
    ).toHaveCount(2);
    await expect(lightbox.getByRole('button', { name: /Edit|Save|Favourite|More actions/ })).toHaveCount(0);
    expect(await accessibilityProblems(page, 'dialog')).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(lightbox).toHaveCount(0);
    await expect(trash.getByRole('button', { name: /whale/ })).toBeFocused();
  });

  await test.step('restoring one goes on to the next, and a deletion is asked for first', async () => {
    await page.keyboard.press('Enter');
    await lightbox.getByRole('button', { name: 'Restore' }).click();
    await expect(lightbox).toHaveAccessibleDescription(/heron/);
    await expect(lightbox).toContainText('2 of 2');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Delete');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(lightbox).toHaveAccessibleDescription(/fox/);
    expect(filesOf(dataFolder, id).length).toBeGreaterThanOrEqual(2);
    await page.keyboard.press('Delete');
    await question.getByRole('button', { name: 'Delete for good' }).click();
    await expect(lightbox).toHaveAccessibleDescription(/heron/);
    await expect(lightbox).toContainText('1 of 1');
    await expect.poll(() => filesOf(dataFolder, id)).toEqual([]);
    await expect
      .poll(() => rows('SELECT prompt, deleted_at IS NULL AS there FROM user_images ORDER BY 1'))
      .toEqual([
        { prompt: 'a heron', there: 0 },
        { prompt: 'a whale', there: 1 },
      ]);
  });

  await test.step('the last one closes, and a tile has the same menu and keys', async () => {
    await page.keyboard.press('Escape');
    const last = trash.getByRole('button', { name: /heron/ });
    await last.click({ button: 'right' });
    await expect(page.getByRole('menuitem')).toHaveText([/Restore/, /Delete for good/]);
    await page.keyboard.press('Escape');
    await last.press('Delete');
    await question.getByRole('button', { name: 'Delete for good' }).click();
    await expect(page.getByText('Trash is empty.', { exact: true })).toBeVisible();
  });
});

test('a start with a clock forty days ahead keeps Trash, and a clock that runs on for a day empties it', async ({
  start,
  startWithPictures,
  rows,
  write,
  dataFolder,
}) => {
  const dayMs = 24 * 60 * 60 * 1000;
  const first = await startWithPictures(redFox);
  const id = await idOfPicture(first.page, dataFolder);
  await first.page.locator('article[data-kind="image"]').hover();
  await chooseAction(first.page.locator('article[data-kind="image"]'), 'Delete');
  await expect(pictures(first.page)).toContainText('This picture is in Trash');
  await first.quit();
  // Everything that was written down is moved back instead of moving the clock.
  const record = path.join(dataFolder, 'clock.json');
  const shift = (days: number) => {
    write(`UPDATE user_images SET deleted_at = deleted_at - ${days * dayMs}`);
    const { seenAt, trustedAt, steadyMs } = JSON.parse(readFileSync(record, 'utf8'));
    const moved = { seenAt: seenAt - days * dayMs, trustedAt: trustedAt - days * dayMs, steadyMs };
    writeFileSync(record, JSON.stringify(moved));
  };
  shift(40);

  const second = await start();
  // Housekeeping saves a reading, then purges, within a few seconds of the start.
  await expect.poll(() => JSON.parse(readFileSync(record, 'utf8')).steadyMs, patient).not.toBeNull();
  await expect(await openTrash(second.page)).toHaveCount(1);
  await second.quit();
  expect(filesOf(dataFolder, id).length).toBeGreaterThanOrEqual(2);
  expect(rows('SELECT id FROM user_images WHERE purged_at IS NULL')).toEqual([{ id }]);

  shift(1);
  await start();
  await expect.poll(() => filesOf(dataFolder, id), patient).toEqual([]);
});
