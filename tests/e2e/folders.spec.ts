// Folders that stay: what appears in a watched one comes in by itself, and pictures can be left where they are.
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { noise } from '../../electron/generator/pipeline/test-pictures';
import { expect, openSettings, test } from './fixture';

const picture = (number: number) => noise(40, 30 + number).encodeSync('png');

let watched: string;
let linked: string;

test.beforeEach(({ dataFolder }) => {
  watched = `${dataFolder}-output`;
  linked = `${dataFolder}-own`;
  for (const folder of [watched, linked]) mkdirSync(folder);
});

test.afterEach(() => {
  for (const folder of [watched, linked]) rmSync(folder, { recursive: true, force: true });
});

/** Answers the system's dialog with the folder. */
function chooseFolder(electron: ElectronApplication, folder: string): Promise<void> {
  return electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, folder);
}

async function openGallery(page: Page): Promise<Locator> {
  await page.getByRole('link', { name: 'Gallery' }).click();
  await expect(page.getByRole('heading', { name: 'Gallery' })).toBeVisible();
  return page.locator('[data-image-id]');
}

test('a watched folder brings in what appears in it, and pictures can stay in folders that are never touched', async ({
  start,
  rows,
  dataFolder,
}) => {
  test.slow();
  writeFileSync(path.join(watched, 'before.png'), picture(1));
  const [kept, gone] = [path.join(linked, 'kept.png'), path.join(linked, 'gone.png')];
  writeFileSync(kept, picture(11));
  writeFileSync(gone, picture(12));
  const first = await start();
  const { electron, page } = first;

  await test.step('a watched folder brings in what was there, what appears, and a slow file once it is complete', async () => {
    await chooseFolder(electron, watched);
    await openSettings(page, 'Storage');
    const section = page.getByRole('region', { name: 'Watched folders' });
    await expect(section).toContainText('No folder is watched yet.');
    await section.getByRole('button', { name: 'Watch a folder…' }).click();
    const dialog = page.getByRole('dialog', { name: /^Watch “/ });
    await expect(dialog.getByRole('radio', { name: 'Copy into Afterimage' })).toBeChecked();
    await expect(dialog.getByRole('switch', { name: 'Include subfolders' })).toBeChecked();
    expect(
      (await new AxeBuilder({ page }).setLegacyMode().include('dialog[open]').analyze()).violations,
    ).toEqual([]);
    await dialog.getByRole('button', { name: 'Watch' }).click();
    const row = section.getByRole('listitem').filter({ hasText: path.basename(watched) });
    await expect(row).toContainText('1 picture added');

    const slow = picture(2);
    writeFileSync(path.join(watched, 'slow.png'), slow.subarray(0, 400));
    writeFileSync(path.join(watched, 'quick.png'), picture(3));
    const tiles = await openGallery(page);
    await expect(tiles).toHaveCount(2);
    appendFileSync(path.join(watched, 'slow.png'), slow.subarray(400));
    await expect(tiles).toHaveCount(3);
    await expect(tiles.getByRole('img')).toHaveCount(3);

    for (const { file } of rows('SELECT file FROM user_images')) {
      expect(existsSync(path.join(dataFolder, String(file)))).toBe(true);
    }
    expect(rows(`SELECT count(*) AS count FROM watched_files WHERE outcome = 'taken'`)).toEqual([
      { count: 3 },
    ]);
    await openSettings(page, 'Storage');
    await row.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('button', { name: 'Stop watching' }).click();
    await expect(section).toContainText('No folder is watched yet.');
    expect(readFileSync(path.join(watched, 'slow.png')).equals(slow)).toBe(true);
  });

  await test.step('pictures can stay where they are, and are shown as missing without their files', async () => {
    await chooseFolder(electron, linked);
    const tiles = await openGallery(page);
    await page.getByRole('button', { name: 'Import…' }).click();
    await page.getByRole('button', { name: 'A folder…', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: /^Import “/ });
    await dialog.getByRole('radio', { name: 'Leave where they are' }).check();
    await dialog.getByRole('button', { name: 'Import' }).click();
    await expect(tiles).toHaveCount(5);
    await expect(tiles.getByRole('img')).toHaveCount(5);

    await tiles.filter({ has: page.getByRole('img', { name: 'kept' }) }).focus();
    await page.keyboard.press('Delete');
    await expect(page.getByText('Its file stays in your folder.').first()).toBeVisible();
    await expect(tiles).toHaveCount(4);
    expect(readFileSync(kept).equals(picture(11))).toBe(true);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(tiles).toHaveCount(5);

    rmSync(gone);
    await page.getByRole('gridcell', { name: 'gone' }).click();
    const lightbox = page.getByRole('dialog', { name: 'Picture' });
    await expect(lightbox.getByRole('alert')).toContainText(
      'The file in your folder is gone, or was changed.',
    );
    await expect(lightbox.getByRole('button', { name: 'Remove entry' })).toBeVisible();
    await expect(lightbox.getByRole('button', { name: 'Locate…' })).toBeVisible();
  });

  await first.kill();
  const again = await start();

  await test.step('pictures that stay where they are outlive the app, not their files, which it never touches', async () => {
    await openGallery(again.page);
    const tile = again.page.getByRole('gridcell', { name: 'gone' });
    await expect(tile).toContainText('The file is missing');
    // Its thumbnail is ours.
    await expect(tile.getByRole('img')).toBeVisible();
    await openSettings(again.page, 'Storage');
    await expect(again.page.getByRole('region', { name: 'Storage' })).toContainText('In your folders: ');
    expect(existsSync(path.join(dataFolder, 'images'))).toBe(true);
    expect(readFileSync(kept).equals(picture(11))).toBe(true);
  });
});
