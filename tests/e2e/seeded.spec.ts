// A seeded data folder works in the app like one that a user filled.
import { expect, test } from './fixture';
import { seedFolder } from './seeded';

test('a folder with 500 pictures and 500 messages shows its last message and its gallery', async ({
  dataFolder,
  start,
  rows,
}) => {
  seedFolder(dataFolder, { pictures: 500, messages: 500, files: 40 });
  const [last] = rows('SELECT id FROM messages ORDER BY id DESC LIMIT 1');
  const [newest] = rows('SELECT id FROM user_images WHERE deleted_at IS NULL ORDER BY id DESC LIMIT 1');

  const { page } = await start();
  const end = page.locator(`article[data-message-id="${String(last?.['id'])}"]`);
  await expect(end).toBeInViewport();
  // The start loads one screen of messages; the older ones follow automatically without a layout shift.
  await expect.poll(() => page.locator('article').count()).toBeGreaterThan(30);
  await expect(end).toBeInViewport();

  await page.getByRole('link', { name: 'Gallery' }).click();
  const tile = page
    .getByRole('grid', { name: 'Gallery' })
    .locator(`[data-image-id="${String(newest?.['id'])}"]`);
  await expect(tile).toBeInViewport();
  await expect(tile.locator('img')).toHaveJSProperty('complete', true);
  expect(await tile.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(
    0,
  );
});
