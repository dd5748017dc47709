// Notices are visible and clickable above everything else, including the lightbox.
import { expect, expectFullPicture, pictures, redFox, test } from './fixture';

test('shows a notice once above the open lightbox', async ({ startWithPictures }) => {
  const { page } = await startWithPictures(redFox);
  await expectFullPicture(pictures(page));
  await page
    .getByRole('link', { name: 'Gallery' })
    .or(page.getByRole('tab', { name: 'Gallery' }))
    .click();
  await page.locator('[data-image-id]').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Copy prompt' }).click();
  // It stays while the pointer is over it, which fails if another element covers it.
  await page.getByText('Prompt copied').hover();
  await expect(dialog.getByRole('status', { name: 'Notices' })).toHaveText('Prompt copied');
  await expect(page.getByText('Prompt copied')).toHaveCount(1);

  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.locator('[data-image-id]')).toHaveCount(1);
});
