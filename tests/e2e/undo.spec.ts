// Ctrl+Z over several views: each step is said and shown where it was done, and the end is said, too.
import { expect, test } from './fixture';
import { openGallery } from './seeded';

test('each undo says what it undid, shows its place, and the last one says that there is no more', async ({
  startWithPictures,
}) => {
  const { page } = await startWithPictures(['a red fox at dawn', 'an owl in the snow']);
  const notices = page.getByRole('status', { name: 'Notices' });
  const messages = page.getByRole('article');
  await expect(messages).toHaveCount(4);

  await test.step('a step of the chat, and one of the gallery', async () => {
    await page.getByRole('button', { name: 'Delete' }).first().focus();
    await page.keyboard.press('Enter');
    await expect(notices).toContainText('Chat moved to Trash');
    const tiles = await openGallery(page);
    await expect(tiles).toHaveCount(2);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Delete');
    await expect(tiles).toHaveCount(1);
  });

  await test.step('the newest one where it was done', async () => {
    await page.keyboard.press('Control+z');
    await expect(notices).toContainText('Undone: Picture moved to Trash');
    await expect(page.locator('[data-image-id]')).toHaveCount(2);
    await expect(page.getByRole('main', { name: 'Gallery' })).toBeVisible();
  });

  await test.step('the one before in another view, which is shown', async () => {
    await page.keyboard.press('Control+z');
    await expect(notices).toContainText('Undone: Chat moved to Trash');
    await expect(page.getByRole('main', { name: 'Chat' })).toBeVisible();
    await expect(messages).toHaveCount(4);
  });

  await test.step('no more, outside of a field', async () => {
    await page.keyboard.press('Control+2');
    await page.keyboard.press('Control+z');
    await expect(notices).toContainText('Nothing left to undo');
    await expect(page.locator('[data-image-id]')).toHaveCount(2);
  });
});
