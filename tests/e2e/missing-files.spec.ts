// Files that are missing, and files that belong to no picture.
import { existsSync, mkdirSync, readdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { choosePath } from '../harness/choose-path';
import { expect, expectFullPicture, openSettings, pictures, redFox, test } from './fixture';
import { openGallery } from './gallery-parts';
import { filesOf } from './picture-files';

test('reports and locates a missing picture, and moves orphans to the recovery folder', async ({
  start,
  madePictures,
  rows,
  dataFolder,
}) => {
  await madePictures.copyTo(dataFolder, redFox);
  const [made] = rows('SELECT id, file FROM user_images');
  const id = String(made?.['id']);
  const file = path.join(dataFolder, String(made?.['file']));
  const elsewhere = path.join(dataFolder, 'elsewhere.bin');
  renameSync(file, elsewhere);
  mkdirSync(path.join(dataFolder, 'images', 'ab'), { recursive: true });
  const orphans = ['old.png', 'old.thumbnail.webp', 'old.png.part', 'young.png'];
  const dayAgo = Date.now() / 1000 - 25 * 3600;
  for (const name of orphans) {
    const orphan = path.join(dataFolder, 'images', 'ab', name);
    writeFileSync(orphan, 'orphan');
    if (name.startsWith('old')) utimesSync(orphan, dayAgo, dayAgo);
  }

  const running = await start();
  const { page } = running;
  await expect(pictures(page).getByRole('alert')).toContainText('is missing');
  await expect.poll(() => rows('SELECT id FROM user_images WHERE missing_at IS NOT NULL').length).toBe(1);
  await expect
    .poll(
      () => existsSync(path.join(dataFolder, 'recovery')) && readdirSync(path.join(dataFolder, 'recovery')),
    )
    .toHaveLength(3);
  expect(readdirSync(path.join(dataFolder, 'images', 'ab'))).toContain('young.png');

  await page.getByRole('link', { name: 'Diagnostics' }).click();
  await expect(page.getByText('Files in the recovery folder').locator('..')).toContainText('3');
  await expect(page.getByText('Pictures without a file').locator('..')).toContainText('1');
  await openSettings(page, 'Storage');
  const storage = page.getByRole('region', { name: 'Storage' });
  await expect(storage).toContainText('3 unknown files');
  await expect(storage.getByRole('button', { name: 'Show in folder' })).toBeVisible();

  const tiles = await openGallery(page);
  await expect(tiles).toContainText('The file is missing');
  await tiles.first().click();
  const lightbox = page.getByRole('dialog');
  await expect(lightbox.getByRole('alert')).toContainText('is missing');
  await choosePath(running, path.join(dataFolder, 'images', 'ab', 'young.png'));
  await lightbox.getByRole('button', { name: 'Locate…' }).click();
  await expect(lightbox.getByRole('alert')).toContainText('Afterimage cannot open this file');
  await choosePath(running, elsewhere);
  await lightbox.getByRole('button', { name: 'Locate…' }).click();
  await expect(lightbox.getByRole('img')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tiles.getByRole('img')).toBeVisible();
  await page.getByRole('link', { name: 'Chat' }).click();
  await expectFullPicture(pictures(page));
  expect(existsSync(file)).toBe(true);
  await expect.poll(() => rows('SELECT missing_at FROM user_images')).toEqual([{ missing_at: null }]);
  await expect.poll(() => filesOf(dataFolder, id).length).toBeGreaterThanOrEqual(2);
});
