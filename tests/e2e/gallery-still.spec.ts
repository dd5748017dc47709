// The timeline moves nothing under the user: not for new, missing or deleted pictures, nor by another view or a restart.
import { readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { nativeBinding } from '../../electron/main/db/native-binding';
import { choosePath } from '../harness/choose-path';
import { projectRoot } from '../harness/launch';
import { expect, newMessage, test } from './fixture';
import { openFilledGallery } from './gallery-parts';
import { seedFolder } from './seeded';
import { boxOf, firstVisible, orderOf, seededContent, waitUntilPlaceSaved, wheel } from './timeline-parts';

test('the timeline moves nothing under the user, and says what it cannot read', async ({
  start,
  dataFolder,
  rows,
}) => {
  test.slow();
  seedFolder(dataFolder, seededContent);
  const [id = ''] = orderOf(rows);
  const file = path.join(
    dataFolder,
    String(rows(`SELECT file FROM user_images WHERE id = '${id}'`)[0]?.['file']),
  );
  const folder = path.dirname(file);
  const elsewhere = path.join(dataFolder, 'elsewhere.bin');
  renameSync(file, elsewhere);
  for (const name of readdirSync(folder)) if (name.startsWith(id)) rmSync(path.join(folder, name));

  const first = await start();
  const { page } = first;

  await test.step('a gallery that cannot be read shows an error and loads on Try again', async () => {
    const binding = nativeBinding(projectRoot);
    const database = new SqliteDatabase(
      path.join(dataFolder, 'afterimage.db'),
      binding === undefined ? {} : { nativeBinding: binding },
    );
    database.exec('ALTER TABLE user_images RENAME TO elsewhere');
    await page.getByRole('link', { name: 'Gallery' }).click();
    const problem = page.getByRole('alert').filter({ hasText: 'Something went wrong inside Afterimage' });
    await expect(problem).toBeVisible();
    database.exec('ALTER TABLE elsewhere RENAME TO user_images');
    database.close();
    await problem.getByRole('button', { name: 'Try again' }).click();
    await expect(page.locator('[data-image-id]').first()).toBeVisible();
  });

  await test.step('a tile whose file is missing says so and lets the user locate the file', async () => {
    const tile = page.locator(`[data-image-id="${id}"]`);
    await expect(tile).toContainText('The file is missing');
    await choosePath(first, elsewhere);
    await tile.getByRole('button', { name: 'Locate…' }).click();
    await expect(tile.getByRole('img')).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  await test.step('a new picture moves nothing while the user browses, and a button at the top leads to it', async () => {
    const tiles = await openFilledGallery(page);
    await wheel(page, 300, 2);
    const seen = await firstVisible(page);
    const before = await boxOf(page, seen.id);
    const message = {
      ...newMessage(),
      text: 'draw a red fox at dawn',
      mode: 'picture',
      aspectRatio: '1:1',
    } as const;
    await page.evaluate((sent) => window.afterimage.request('chat:send', sent), message);
    const newPictures = page.getByRole('button', { name: '1 new picture' });
    await expect(newPictures).toBeVisible();
    expect(await boxOf(page, seen.id)).toEqual(before);
    await newPictures.click();
    await expect(tiles.first()).toHaveAccessibleName(/red fox at dawn/);
    await expect(tiles.first()).toBeVisible();
    await expect(newPictures).toHaveCount(0);
  });

  let seen = { id: '', top: 0, left: 0 };
  await test.step('the scroll position survives other views, a new tile size and a deletion', async () => {
    await wheel(page, 700, 8);
    seen = await firstVisible(page);
    await waitUntilPlaceSaved(rows, seen.id);
    await page.getByRole('link', { name: 'Chat' }).click();
    await openFilledGallery(page);
    await expect.poll(() => firstVisible(page)).toEqual(seen);

    await page.getByRole('button', { name: 'Larger pictures' }).click();
    await expect.poll(async () => (await boxOf(page, seen.id))?.top).toBeCloseTo(seen.top, 0);
    await page.getByRole('button', { name: 'Smaller pictures' }).click();
    await expect.poll(async () => (await boxOf(page, seen.id))?.top).toBeCloseTo(seen.top, 0);

    // Deleting the newest picture changes the layout above; the visible pictures must not move.
    await page.evaluate(
      (imageId) => window.afterimage.request('images:delete', { imageId }),
      orderOf(rows)[0] ?? '',
    );
    await expect.poll(() => boxOf(page, seen.id)).toEqual({ top: seen.top, left: seen.left });
  });

  await first.kill();
  await test.step('the scroll position survives a restart', async () => {
    const second = await start();
    await openFilledGallery(second.page);
    await expect.poll(() => firstVisible(second.page)).toEqual(seen);
  });
});
