// A seeded data folder looks to a person like one of their own.
import { nativeBinding } from '../../electron/main/db/native-binding';
import { projectRoot } from '../harness/launch';
import { readOptions } from '../seed/options';
import { seed } from '../seed/seed';
import { expect, test } from './fixture';

test('500 pictures and 500 messages: the last message shows, and the gallery', async ({
  dataFolder,
  start,
  rows,
}) => {
  const options = readOptions(['--pictures', '500', '--messages', '500', '--files', '40'], dataFolder);
  const binding = nativeBinding(projectRoot);
  await seed({ ...options, until: Date.now(), nativeBinding: binding, onProgress: () => {} });
  const [last] = rows('SELECT id FROM messages ORDER BY id DESC LIMIT 1');
  const [newest] = rows('SELECT id FROM user_images WHERE deleted_at IS NULL ORDER BY id DESC LIMIT 1');

  const { page } = await start();
  await expect(page.locator(`article[data-message-id="${String(last?.['id'])}"]`)).toBeInViewport();

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
