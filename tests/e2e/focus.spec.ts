// The focus is never lost: where what has it is removed, hidden or disabled, it goes to what is near.
import type { Page } from '@playwright/test';
import { expect, expectFullPicture, pictures, redFox, sendMessage, test } from './fixture';
import { openFilledGallery } from './gallery-parts';

const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    return element === document.body
      ? 'nothing'
      : (element?.getAttribute('aria-label') ?? element?.textContent);
  });

/** @returns a point of the window where nothing is that could take the focus. */
const emptyPoint = (page: Page) =>
  page.evaluate(() => {
    const takesFocus = 'a, button, input, textarea, select, label, summary, [tabindex], [popover]';
    for (let y = 4; y < innerHeight; y += 8)
      for (let x = 4; x < innerWidth; x += 8)
        if (document.elementFromPoint(x, y)?.closest(takesFocus) === null) return { x, y };
    throw new Error('There is no empty point.');
  });

async function pressBeside(page: Page): Promise<void> {
  const { x, y } = await emptyPoint(page);
  await page.mouse.click(x, y);
}

test('the focus goes to what is near when its element goes, and to the view when that changes', async ({
  startWithPictures,
}) => {
  const { page } = await startWithPictures(redFox);
  const message = page.getByRole('textbox', { name: 'Message' });

  await test.step('a picture of the chat has the focus, opens by Enter, and its keys work', async () => {
    await message.focus();
    // A click leaves the focus where the user writes.
    const lightbox = page.getByRole('dialog', { name: 'Picture' });
    await pictures(page).click();
    await expect(lightbox).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(message).toBeFocused();
    await pictures(page).focus();
    await page.keyboard.press('Enter');
    await expect(lightbox).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(pictures(page)).toBeFocused();
    await page.keyboard.press('Delete');
    await expect(page.getByRole('button', { name: 'Restore' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expectFullPicture(pictures(page));
    await expect.poll(() => focused(page)).not.toBe('nothing');
  });

  await test.step('what is typed while no field has the focus goes into the message, except for the keys of commands', async () => {
    await page.getByRole('log', { name: 'Conversation' }).focus();
    await page.keyboard.type('an owl');
    await expect(message).toBeFocused();
    await expect(message).toHaveValue('an owl');
    await message.fill('');
    await page.getByRole('log', { name: 'Conversation' }).focus();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('another view begins at its start', async () => {
    await message.focus();
    await page.keyboard.press('Control+2');
    const gallery = page.getByRole('main', { name: 'Gallery' });
    await expect(gallery).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('searchbox', { name: 'Search pictures' })).toBeFocused();
    await expect(gallery).not.toHaveAttribute('tabindex');
    await page.keyboard.press('Control+1');
    await expect(message).toBeFocused();
  });

  await test.step('deleting in the comparison goes on to the next picture, and leads back to the gallery', async () => {
    await sendMessage(page, 'a whale under the moon');
    await expectFullPicture(pictures(page).nth(1));
    await sendMessage(page, 'two boats on a lake');
    await expectFullPicture(pictures(page).nth(2));
    const tiles = await openFilledGallery(page);
    await expect(tiles).toHaveCount(3);
    for (const at of [0, 1, 2]) await tiles.nth(at).click({ modifiers: ['ControlOrMeta'] });
    await page
      .getByRole('toolbar', { name: 'Selection' })
      .getByRole('button', { name: 'Compare' })
      .press('Enter');
    const panes = page.locator('[data-pane]');
    await expect(panes.first()).toBeFocused();
    await page.keyboard.press('Delete');
    await expect(panes).toHaveCount(2);
    await expect(panes.first()).toBeFocused();
    // One alone is no comparison: what opened it is disabled by then.
    await page.keyboard.press('Delete');
    await expect(panes).toHaveCount(0);
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  });

  await test.step('Tab out of a panel closes it', async () => {
    await page.getByRole('link', { name: 'Chat', exact: true }).click();
    await page.getByRole('button', { name: 'Shape' }).press('Enter');
    const panel = page.locator(':popover-open').filter({ hasText: 'Square' });
    await expect(panel).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(panel).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Options' })).toBeFocused();
  });

  await test.step('a press beside a panel or a menu leaves the focus where it was', async () => {
    const panels = page.locator(':popover-open');
    const add = page.getByRole('button', { name: 'Add pictures' });
    await add.click();
    await expect(panels).toHaveCount(1);
    await pressBeside(page);
    await expect(panels).toHaveCount(0);
    await expect(add).toBeFocused();
    // After a choice for a message, the focus returns to its text.
    for (const name of [/^Shape/, /^Options/, /^Styles/, /^Model/]) {
      for (const close of [() => pressBeside(page), () => page.keyboard.press('Escape')]) {
        await page.getByRole('button', { name }).click();
        await expect(panels).toHaveCount(1);
        await close();
        await expect(panels).toHaveCount(0);
        await expect(message).toBeFocused();
      }
    }
    await pictures(page).first().focus();
    await page.keyboard.press('Shift+F10');
    await expect(page.getByRole('menu')).toBeVisible();
    await pressBeside(page);
    await expect(page.getByRole('menu')).toHaveCount(0);
    await expect(pictures(page).first()).toBeFocused();
  });

  await test.step('a press on something else that takes the focus gives it to that', async () => {
    await page.getByRole('button', { name: 'Shape' }).click();
    await message.click();
    await expect(message).toBeFocused();
  });

  await test.step('a chat that is pinned by its button keeps the focus on that button', async () => {
    const chats = page.getByRole('navigation', { name: 'Chats' });
    await sendMessage(page, 'a lighthouse');
    await chats.getByRole('button', { name: 'Pin', exact: true }).last().press('Enter');
    await expect(chats.getByRole('button', { name: 'Unpin' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(chats.getByRole('button', { name: 'Unpin' })).toHaveCount(0);
    await expect(chats.getByRole('button', { name: 'Pin', exact: true }).last()).toBeFocused();
  });
});

test('presses on the interface leave the focus in the message, and select nothing but what one reads', async ({
  startWithPictures,
}) => {
  const { page } = await startWithPictures(redFox);
  const message = page.getByRole('textbox', { name: 'Message' });
  const selected = () => page.evaluate(() => getSelection()?.toString() ?? '');
  await message.fill('an owl in the snow');
  await page.getByRole('button', { name: 'Send' }).dblclick();
  await expect(pictures(page)).toHaveCount(2);
  await expect(message).toBeFocused();

  const newChat = page.getByRole('button', { name: 'New chat' });
  await newChat.focus();
  await page.keyboard.press('Control+a');
  expect(await selected()).toContain('an owl in the snow');
  expect(await selected()).not.toContain('New chat');
  await page.evaluate(() => getSelection()?.removeAllRanges());
  await page.getByText('New chat', { exact: true }).dblclick();
  expect(await selected()).toBe('');
});
