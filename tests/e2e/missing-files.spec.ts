// Files that are missing, and files that belong to no picture.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { thumbnailOf, thumbnailSides } from '../../shared/domain/picture-files';
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

test('repairs damaged small versions where they are seen, and does not call a damaged picture missing', async ({
  start,
  madePictures,
  rows,
  dataFolder,
}) => {
  await madePictures.copyTo(dataFolder, redFox);
  const [made] = rows('SELECT id, file FROM user_images');
  const file = String(made?.['file']);
  const at = (name: string) => path.join(dataFolder, name);
  const thumbnails = thumbnailSides.map((side) => at(thumbnailOf(file, side)));
  const intact = readFileSync(at(file));
  // As a loss of power leaves them: the length is right, the content is not.
  const damage = (name: string) => writeFileSync(name, Buffer.alloc(statSync(name).size));
  for (const name of thumbnails) damage(name);

  const first = await start();
  await expectFullPicture(pictures(first.page));
  const repaired = await openGallery(first.page);
  await expect(repaired.locator('img[data-shown="true"]').first()).toBeVisible();
  await expect(repaired.getByText('The file is')).toHaveCount(0);
  for (const name of thumbnails) expect(readFileSync(name).subarray(0, 4).toString()).toBe('RIFF');
  await first.quit();

  damage(at(file));
  const { page } = await start();
  await expect(pictures(page).getByRole('alert')).toContainText('The file of this picture is damaged.');
  const tiles = await openGallery(page);
  await tiles.first().click();
  const lightbox = page.getByRole('dialog', { name: 'Picture' });
  await expect(lightbox.getByRole('alert')).toContainText('The file of this picture is damaged.');
  await expect(lightbox.getByRole('alert').getByRole('img')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tiles.first()).toContainText('The file is damaged');
  for (const name of thumbnails) expect(readFileSync(name).subarray(0, 4).toString()).toBe('RIFF');
  expect(rows('SELECT missing_at FROM user_images')).toEqual([{ missing_at: null }]);

  writeFileSync(at(file), intact);
  await page.reload();
  await expect(tiles.locator('img[data-shown="true"]').first()).toBeVisible();
  await expect(tiles).not.toContainText('The file is');
  await page.getByRole('link', { name: 'Chat' }).click();
  await expectFullPicture(pictures(page));
});
