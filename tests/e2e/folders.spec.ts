// Folders that stay: what appears in a watched one comes in by itself, and pictures can be left where they are.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { noise } from '../../electron/generator/pipeline/test-pictures';
import { choosePath } from '../harness/choose-path';
import { patient } from '../harness/patient';
import { accessibilityProblems } from './accessibility';
import { expect, openSettings, test } from './fixture';
import { openGallery } from './gallery-parts';

const picture = (number: number) => noise(40, 30 + number).encodeSync('png');

let folder: string;

test.beforeEach(({ dataFolder }) => {
  folder = `${dataFolder}-output`;
  mkdirSync(folder);
});

test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Returns the paths of all thumbnails in the data folder. */
function thumbnailsIn(dataFolder: string): string[] {
  const images = path.join(dataFolder, 'images');
  return readdirSync(images, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:1024|512|256)\.webp$/.test(name))
    .map((name) => path.join(images, name));
}

/** Returns the names of the pictures in the data folder, without what is derived from them. */
function storedPictures(dataFolder: string): string[] {
  return readdirSync(path.join(dataFolder, 'images'), { recursive: true })
    .map((file) => path.basename(String(file)))
    .filter((file) => /^[\da-f-]{36}\.png$/.test(file));
}

test('a watched folder brings in what was there, what appears, a slow file once it is complete, and each once after a kill', async ({
  start,
  rows,
  dataFolder,
}) => {
  writeFileSync(path.join(folder, 'before.png'), picture(1));
  const first = await start();
  let { page } = first;
  await choosePath(first, folder);
  await openSettings(page, 'Storage');
  const watched = () => page.getByRole('region', { name: 'Watched folders' });
  const section = watched();
  await expect(section).toContainText('No folder is watched yet.');
  await section.getByRole('button', { name: 'Watch a folder…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Watch “/ });
  await expect(dialog.getByRole('radio', { name: 'Copy into Afterimage' })).toBeChecked();
  await expect(dialog.getByRole('switch', { name: 'Include subfolders' })).toBeChecked();
  expect(await accessibilityProblems(page, 'dialog[open]')).toEqual([]);
  await dialog.getByRole('button', { name: 'Watch' }).click();
  const row = section.getByRole('listitem').filter({ hasText: path.basename(folder) });
  await expect(row).toContainText('1 picture added');

  const slow = picture(2);
  writeFileSync(path.join(folder, 'slow.png'), slow.subarray(0, 400));
  writeFileSync(path.join(folder, 'quick.png'), picture(3));
  const tiles = await openGallery(page);
  await expect(tiles).toHaveCount(2);
  appendFileSync(path.join(folder, 'slow.png'), slow.subarray(400));
  await expect(tiles).toHaveCount(3);
  await expect(tiles.getByRole('img')).toHaveCount(3);

  for (const { file } of rows('SELECT file FROM user_images')) {
    expect(existsSync(path.join(dataFolder, String(file)))).toBe(true);
  }
  await expect
    .poll(() => rows(`SELECT count(*) AS count FROM watched_files WHERE outcome = 'taken'`))
    .toEqual([{ count: 3 }]);

  // Killed while the files of a burst are read: some are stored, and others are not.
  const count = 200;
  for (let number = 0; number < count; number += 1)
    writeFileSync(path.join(folder, `burst-${number}.png`), picture(4 + number));
  const stored = () => storedPictures(dataFolder).length;
  await expect.poll(stored, { intervals: [5], ...patient }).toBeGreaterThan(3 + 20);
  first.electron.process().kill('SIGKILL');
  await first.kill();
  expect(stored()).toBeLessThan(3 + count);
  ({ page } = await start());
  await expect
    .poll(() => rows(`SELECT count(*) AS count FROM watched_files WHERE outcome = 'taken'`), {
      ...patient,
    })
    .toEqual([{ count: 3 + count }]);
  expect(rows('SELECT count(*) AS count, count(DISTINCT content_hash) AS hashes FROM user_images')).toEqual([
    { count: 3 + count, hashes: 3 + count },
  ]);
  expect(storedPictures(dataFolder).toSorted()).toEqual(
    rows('SELECT file FROM user_images')
      .map(({ file }) => path.basename(String(file)))
      .toSorted(),
  );

  await openSettings(page, 'Storage');
  await watched()
    .getByRole('button', { name: /^Actions for/ })
    .click();
  await page.getByRole('button', { name: 'Stop watching' }).click();
  await expect(watched()).toContainText('No folder is watched yet.');
  expect(readFileSync(path.join(folder, 'slow.png')).equals(slow)).toBe(true);
});

test('pictures that stay where they are outlive the app, not their files, which it never touches', async ({
  start,
  dataFolder,
}) => {
  const [kept, gone] = [path.join(folder, 'kept.png'), path.join(folder, 'gone.png')];
  writeFileSync(kept, picture(1));
  writeFileSync(gone, picture(2));
  const first = await start();
  await choosePath(first, folder);
  const tiles = await openGallery(first.page);
  await first.page.getByRole('button', { name: 'Import…' }).click();
  await first.page.getByRole('button', { name: 'A folder…', exact: true }).click();
  const dialog = first.page.getByRole('dialog', { name: /^Import “/ });
  await dialog.getByRole('radio', { name: 'Leave where they are' }).check();
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(tiles).toHaveCount(2);
  await expect(tiles.getByRole('img')).toHaveCount(2);

  await tiles.filter({ has: first.page.getByRole('img', { name: 'kept' }) }).focus();
  await first.page.keyboard.press('Delete');
  await expect(first.page.getByText('Its file stays in your folder.').first()).toBeVisible();
  await expect(tiles).toHaveCount(1);
  expect(readFileSync(kept).equals(picture(1))).toBe(true);
  await first.page.getByRole('button', { name: 'Undo' }).click();
  await expect(tiles).toHaveCount(2);

  rmSync(gone);
  await first.page.getByRole('gridcell', { name: 'gone' }).click();
  const lightbox = first.page.getByRole('dialog', { name: 'Picture' });
  await expect(lightbox.getByRole('alert')).toContainText('The file in your folder was removed or changed.');
  await expect(lightbox.getByRole('button', { name: 'Remove entry' })).toBeVisible();
  await expect(lightbox.getByRole('button', { name: 'Locate…' })).toBeVisible();
  await first.quit();

  const { page, ...second } = await start();
  await openGallery(page);
  const tile = page.getByRole('gridcell', { name: 'gone' });
  await expect(tile).toContainText('The file is missing');
  // Its thumbnail is ours.
  await expect(tile.getByRole('img')).toBeVisible();
  await second.quit();

  // A disk that was pulled out leaves files that are cut off.
  for (const name of thumbnailsIn(dataFolder)) truncateSync(name, 20);
  const third = await start();
  await openGallery(third.page);
  await expect(third.page.getByRole('gridcell', { name: 'gone' })).toContainText('The file is missing');
  await expect(third.page.getByRole('gridcell')).toHaveCount(2);
  await openSettings(third.page, 'Storage');
  await expect(third.page.getByRole('region', { name: 'Storage' })).toContainText('In your folders: ');
  expect(existsSync(path.join(dataFolder, 'images'))).toBe(true);
  expect(readFileSync(kept).equals(picture(1))).toBe(true);
});
