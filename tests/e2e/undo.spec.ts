// Undo and redo over several views: each step is announced and shown where it was made, none passes over typed text,
// and the end is announced, too.
import type { Page } from '@playwright/test';
import { expect, pictures, test } from './fixture';
import { openFilledGallery } from './gallery-parts';

const notices = (page: Page) => page.getByRole('status', { name: 'Notices' });
const viewer = (page: Page) => page.getByRole('dialog', { name: 'Picture', exact: true });
const view = (page: Page, name: string) => page.getByRole('main', { name });

/** Deletes a style in the settings, and comes back to the chat. */
async function removeStyleInSettings(page: Page): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByRole('link', { name: 'Styles' }).click();
  await page.getByRole('button', { name: 'New style' }).click();
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'Name' }).fill('Ink');
  await form.getByRole('textbox', { name: 'Prompt', exact: true }).fill('in ink');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Delete Ink' }).click();
  await expect(notices(page)).toContainText('Ink was deleted');
  await page.keyboard.press('Control+1');
  await expect(view(page, 'Chat')).toBeVisible();
}

test('each undo says what is true then, shows its place, can be redone, and the last one says that there is no more', async ({
  startWithPictures,
}) => {
  const { page } = await startWithPictures(['a red fox at dawn', 'an owl in the snow']);
  const messages = page.getByRole('article');
  const tiles = page.locator('[data-image-id]');
  await expect(messages).toHaveCount(4);

  await test.step('a step of the chat, and one of the gallery', async () => {
    await page.getByRole('button', { name: 'Delete' }).first().focus();
    await page.keyboard.press('Enter');
    await expect(notices(page)).toContainText('Chat moved to Trash');
    await openFilledGallery(page);
    await expect(tiles).toHaveCount(2);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Delete');
    await expect(tiles).toHaveCount(1);
  });

  await test.step('the newest one where it was done', async () => {
    await page.keyboard.press('Control+z');
    await expect(notices(page)).toContainText('Picture restored');
    await expect(notices(page)).not.toContainText('Picture moved to Trash');
    await expect(tiles).toHaveCount(2);
    await expect(view(page, 'Gallery')).toBeVisible();
  });

  await test.step('the one before in another view, which is shown', async () => {
    await page.keyboard.press('Control+z');
    await expect(notices(page)).toContainText('Chat restored');
    await expect(view(page, 'Chat')).toBeVisible();
    await expect(messages).toHaveCount(4);
  });

  await test.step('no more, outside of a field, said once', async () => {
    await page.keyboard.press('Control+2');
    for (let count = 0; count < 3; count += 1) await page.keyboard.press('Control+z');
    await expect(notices(page).getByText('Nothing left to undo')).toHaveCount(1);
    await expect(tiles).toHaveCount(2);
  });

  await test.step('both again, in their order and places', async () => {
    await page.keyboard.press('Control+Shift+z');
    await expect(view(page, 'Chat')).toBeVisible();
    await expect(messages).toHaveCount(0);
    await page.keyboard.press('Control+y');
    await expect(view(page, 'Gallery')).toBeVisible();
    await expect(tiles).toHaveCount(1);
    await page.keyboard.press('Control+y');
    await expect(notices(page)).toContainText('Nothing to redo');
    await page.keyboard.press('Control+z');
    await expect(tiles).toHaveCount(2);
  });
});

test('undo in a field ends where the typing began, and redo brings all of it back', async ({
  startWithPictures,
}) => {
  const { page } = await startWithPictures(['a red fox at dawn']);
  const message = page.getByRole('textbox', { name: 'Message' });
  await removeStyleInSettings(page);
  await message.focus();
  // In one piece, so that one key undoes all of it.
  await page.keyboard.insertText('boats');
  for (let count = 0; count < 7; count += 1) await page.keyboard.press('Control+z');
  await expect(message).toHaveValue('');
  await expect(notices(page).getByText('Nothing left to undo here')).toHaveCount(1);
  await expect(view(page, 'Chat')).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await expect(message).toHaveValue('boats');

  await test.step('what was done after the typing is undone first, and done again last', async () => {
    const inTrash = page.getByText('This picture is in Trash');
    await pictures(page).first().focus();
    await page.keyboard.press('Delete');
    await expect(inTrash).toBeVisible();
    await message.focus();
    await page.keyboard.press('Control+z');
    await expect(inTrash).toHaveCount(0);
    await expect(message).toHaveValue('boats');
    await page.keyboard.press('Control+z');
    await expect(message).toHaveValue('');
    await page.keyboard.press('Control+y');
    await expect(message).toHaveValue('boats');
    await page.keyboard.press('Control+y');
    await expect(inTrash).toBeVisible();
  });

  await test.step('outside of the field the older step is undone, and shown', async () => {
    await page.keyboard.press('Control+z');
    await page.getByRole('button', { name: 'New chat' }).first().focus();
    await page.keyboard.press('Control+z');
    await expect(view(page, 'Settings')).toBeVisible();
    await expect(notices(page)).toContainText('Ink is back');
  });
});

test('undo over an open picture says what it did elsewhere, and opens nothing that was closed', async ({
  startWithPictures,
}) => {
  const { page } = await startWithPictures(['a red fox at dawn', 'an owl in the snow']);
  const inTrash = page.getByText('This picture is in Trash');
  await removeStyleInSettings(page);

  await test.step('the viewer stays, and its notice leads to the place', async () => {
    await pictures(page).first().click();
    await expect(viewer(page)).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(viewer(page).getByRole('status', { name: 'Notices' })).toContainText('Ink is back');
    await viewer(page).getByRole('button', { name: 'Show', exact: true }).click();
    await expect(viewer(page)).toHaveCount(0);
    await expect(view(page, 'Settings')).toBeVisible();
    await page.keyboard.press('Control+1');
  });

  await test.step('a picture deleted in the viewer comes back in the chat, once the viewer is closed', async () => {
    await pictures(page).first().click();
    await page.keyboard.press('Delete');
    await expect(viewer(page)).toHaveAccessibleDescription(/owl/);
    await page.keyboard.press('Escape');
    await expect(viewer(page)).toHaveCount(0);
    await expect(inTrash).toHaveCount(1);
    await page.keyboard.press('Control+z');
    await expect(inTrash).toHaveCount(0);
    await expect(notices(page)).toContainText('Picture restored');
    await expect(viewer(page)).toHaveCount(0);
  });

  await test.step('and is done again behind it', async () => {
    await page.keyboard.press('Control+Shift+z');
    await expect(inTrash).toHaveCount(1);
    await expect(viewer(page)).toHaveCount(0);
  });
});
