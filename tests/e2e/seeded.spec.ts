// A seeded data folder looks to a user like one of their own.
import { execFileSync } from 'node:child_process';
import { projectRoot } from '../harness/launch';
import { expect, test } from './fixture';

test('500 pictures and 500 messages: the last message shows, and the gallery', async ({
  dataFolder,
  start,
  rows,
}) => {
  // As `npm run seed` does it. Playwright itself cannot load the SQL that the store imports.
  const counts = ['--pictures', '500', '--messages', '500', '--files', '40'];
  execFileSync(process.execPath, ['scripts/app/run-bundled.mjs', 'tests/seed/run.ts', ...counts], {
    cwd: projectRoot,
    env: { ...process.env, AFTERIMAGE_DATA_DIR: dataFolder },
    stdio: 'pipe',
  });
  const [last] = rows('SELECT id FROM messages ORDER BY id DESC LIMIT 1');
  const [newest] = rows('SELECT id FROM user_images WHERE deleted_at IS NULL ORDER BY id DESC LIMIT 1');

  const { page } = await start();
  const end = page.locator(`article[data-message-id="${String(last?.['id'])}"]`);
  await expect(end).toBeInViewport();
  // The start brings one screenful; what comes before follows by itself and moves nothing.
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
