// A damaged database: the next start restores the gallery and tells the user.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { recipeFile } from '../../shared/domain/picture-files';
import { patient } from '../harness/patient';
import { expect, expectFullPicture, pictures, redFox, sendMessage, test } from './fixture';

type Rows = (sql: string) => Record<string, unknown>[];

/** Makes pictures one after another. */
async function makePictures(page: Page, ...prompts: string[]): Promise<void> {
  for (const prompt of prompts) {
    await sendMessage(page, prompt);
    await expectFullPicture(pictures(page).filter({ has: page.getByRole('img', { name: prompt }) }));
  }
}

/** Writes the recipe of each picture that does not have one yet. */
function ensureRecipes(dataFolder: string, rows: Rows): void {
  for (const row of rows('SELECT * FROM user_images')) {
    const file = path.join(dataFolder, recipeFile(String(row['id'])));
    if (existsSync(file)) continue;
    const { id, bytes, width, height, prompt, provider, model } = row;
    const thumbhash = Buffer.isBuffer(row['thumbhash']) ? row['thumbhash'].toString('base64') : '';
    const facts = { id, file: row['file'], bytes, width, height, thumbhash, prompt, provider, model };
    const params: unknown = JSON.parse(String(row['params']));
    const rest = { params, costMicroUsd: 0, durationMs: 1, createdAt: row['created_at'] };
    writeFileSync(file, JSON.stringify({ version: 1, ...facts, ...rest }));
  }
}

function corrupt(dataFolder: string, change: (bytes: Buffer) => Buffer): void {
  const file = path.join(dataFolder, 'afterimage.db');
  writeFileSync(file, change(readFileSync(file)));
}

function backups(dataFolder: string): string[] {
  const folder = path.join(dataFolder, 'backups');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.db')) : [];
}

async function expectGallery(page: Page, count: number): Promise<void> {
  await page.getByRole('link', { name: 'Gallery' }).click();
  const tiles = page.getByRole('grid', { name: 'Gallery' }).locator('[data-image-id]');
  await expect(tiles).toHaveCount(count);
  await expect(tiles.first().locator('img')).toHaveJSProperty('complete', true);
  await page.getByRole('link', { name: 'Chat' }).click();
}

test('a damaged or missing database is restored from its backup, or rebuilt from the picture files', async ({
  dataFolder,
  madePictures,
  start,
  rows,
}) => {
  test.slow();
  const noticeIn = (page: Page) =>
    page.getByRole('region', { name: 'The database was damaged and has been replaced' });
  const asides = () => readdirSync(dataFolder).filter((name) => name.startsWith('afterimage.db.corrupt-'));
  const removeBackups = () => {
    for (const name of backups(dataFolder)) writeFileSync(path.join(dataFolder, 'backups', name), '');
  };
  await madePictures.copyTo(dataFolder, redFox);
  rmSync(path.join(dataFolder, 'backups'), { recursive: true, force: true });

  const first = await start();
  await expectFullPicture(pictures(first.page));
  // The app makes its first backup in the background, in the first half minute after the start.
  await expect.poll(() => backups(dataFolder).length, patient).toBe(1);
  await makePictures(first.page, 'a lighthouse in a storm');
  await expect.poll(() => rows('SELECT id FROM user_images').length).toBe(2);
  await first.quit();

  await test.step('damaged, with a backup: conversations are restored, and later pictures come from their files', async () => {
    ensureRecipes(dataFolder, rows);
    corrupt(dataFolder, (bytes) => bytes.subarray(0, bytes.length / 2));
    const { page, quit } = await start();
    await expect(noticeIn(page)).toContainText('was restored');
    await expect(noticeIn(page)).toContainText('1 picture was restored to the gallery');
    await expect(pictures(page)).toHaveCount(1);
    await expectFullPicture(pictures(page));
    await expectGallery(page, 2);
    expect(rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    // The restored database accepts new pictures.
    await makePictures(page, 'a boat at sea');
    await expectGallery(page, 3);
    await expect.poll(() => rows('SELECT id FROM user_images').length).toBe(3);
    await quit();
  });

  await test.step('damaged, without a backup: all pictures return to the gallery, and a notice says so', async () => {
    ensureRecipes(dataFolder, rows);
    corrupt(dataFolder, (bytes) => bytes.fill(0, 0, bytes.length / 2));
    removeBackups();
    const before = asides();
    const { page, quit } = await start();
    const notice = noticeIn(page);
    await expect(notice).toContainText('There was no backup');
    await expect(notice).toContainText('3 pictures were restored to the gallery');
    await expectGallery(page, 3);
    const [old] = asides().filter((name) => !before.includes(name));
    await expect(notice).toContainText(old ?? 'no old file');
    expect(rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    await expect(notice).toHaveCount(0);
    await quit();
  });

  await test.step('a notice that was dismissed does not come back', async () => {
    const { page, quit } = await start();
    await expectGallery(page, 3);
    await expect(page.getByRole('button', { name: 'Dismiss' })).toHaveCount(0);
    await quit();
  });

  await test.step('missing: the database is rebuilt from the picture files', async () => {
    ensureRecipes(dataFolder, rows);
    removeBackups();
    corrupt(dataFolder, () => Buffer.alloc(0));
    const { page } = await start();
    await expect(page.getByRole('region', { name: 'The database was missing' })).toContainText('3 pictures');
    await expectGallery(page, 3);
  });
});
