// Tiles on a screen with small pixels: first the thumbnail that every picture has, then one with as many pixels as it shows.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { sharpSide, thumbnailOf } from '../../shared/domain/picture-files';
import { expect, test } from './fixture';
import { openGallery } from './gallery-parts';

test('a large tile gets a thumbnail of its own, which is made once', async ({
  dataFolder,
  rows,
  startWithPictures,
}) => {
  const { page } = await startWithPictures(['a red fox at dawn'], {
    args: ['--force-device-scale-factor=2'],
  });
  expect(await page.evaluate(() => devicePixelRatio)).toBe(2);
  const tiles = await openGallery(page);
  const [row] = rows('SELECT id, file FROM user_images');
  const sharp = path.join(dataFolder, thumbnailOf(String(row?.['file']), sharpSide));
  const shown = tiles.locator('img[data-shown="true"]');
  const shownSides = () =>
    shown.evaluateAll((images: HTMLImageElement[]) =>
      images.map(({ naturalWidth, naturalHeight }) => Math.max(naturalWidth, naturalHeight)),
    );
  await page.getByRole('button', { name: 'Larger pictures' }).click();
  await expect.poll(shownSides).toEqual([512, sharpSide]);
  expect(existsSync(sharp)).toBe(true);

  // It covers the other one, pixel for pixel.
  const places = await shown.evaluateAll((images) =>
    images.map((image) => JSON.stringify(image.getBoundingClientRect())),
  );
  expect(new Set(places).size).toBe(1);

  await page.getByRole('button', { name: 'Smaller pictures' }).click();
  await expect.poll(shownSides).toEqual([512]);
});
