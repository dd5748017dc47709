// Imports that do not end: a cancelled one goes on with the rest, and a killed one loses and duplicates nothing.
import { statSync } from 'node:fs';
import path from 'node:path';
import { expect, expectFullPicture, pictures, sendMessage, untilDead } from './fixture';
import { openGallery } from './gallery-parts';
import { closeReport, drop, expectReport, panel, pictureOf, storedFiles, test } from './importing';

test('imports a folder with duplicates, after a cancelled import the rest, and refuses paths that a page makes up', async ({
  start,
  rows,
  folder,
  put,
}) => {
  test.slow();
  const distinct = 30;
  for (let index = 0; index < 40; index += 1) put(`${index % 7}/${index}.png`, pictureOf(index % distinct));
  // Each picture takes a while, so that the import is still running when the user does something else.
  const { page } = await start({ env: { AFTERIMAGE_SLOW_POINT: 'store: the bytes have arrived 200' } });
  const reply = await page.evaluate(() => window.afterimage.offer([new File(['x'], '/etc/passwd')]));
  expect(reply).toMatchObject({ ok: false, code: 'nothing_dropped' });
  const countImported = () =>
    Number(rows("SELECT count(*) AS count FROM user_images WHERE provider = 'imported'")[0]?.['count']);

  let before = 0;
  await test.step('a cancelled import keeps what it has imported', async () => {
    await drop(page, folder);
    await panel(page).getByRole('button', { name: 'Cancel' }).click();
    await expectReport(page, 'Import cancelled');
    before = countImported();
    expect(before).toBeLessThan(distinct);
    expect(rows('SELECT count(*) AS count FROM import_intents')).toEqual([{ count: 0 }]);
    await closeReport(page);
  });

  await test.step('the next one imports the rest, and the user can continue to work meanwhile', async () => {
    await drop(page, folder);
    await sendMessage(page, 'a lighthouse');
    await expectReport(page, `${distinct - before} pictures added`);
    await expect(panel(page)).toContainText(`${40 - distinct + before} files left out`);
    await expectFullPicture(pictures(page));
    expect(countImported()).toBe(distinct);
    await closeReport(page);
  });

  await test.step('another one imports nothing', async () => {
    await drop(page, folder);
    await expectReport(page, 'No new pictures');
    expect(countImported()).toBe(distinct);
  });
});

for (const point of [
  'store: the bytes have arrived',
  'store: the recipe is written',
  'store: the picture has its name',
]) {
  test(`recovers an import killed at “${point}” without losing or duplicating a picture`, async ({
    start,
    rows,
    dataFolder,
    put,
  }) => {
    const count = 5;
    const files = Array.from({ length: count }, (_, index) => put(`${index}.png`, pictureOf(index)));
    const killed = await start({ env: { AFTERIMAGE_FAULT_POINT: point } });
    await openGallery(killed.page);
    await untilDead(killed, () => drop(killed.page, ...files));
    await killed.kill();
    const intents = rows('SELECT id FROM import_intents');
    expect(intents.length).toBeGreaterThan(0);

    const { page } = await start();
    await expectReport(page, 'The last import was interrupted');
    expect(rows('SELECT id FROM import_intents')).toEqual([]);
    const images = rows('SELECT id, file, bytes FROM user_images');
    for (const { file, bytes } of images) {
      expect(statSync(path.join(dataFolder, String(file))).size).toBe(bytes);
    }
    const ids = new Set(images.map(({ id }) => id));
    const left = storedFiles(dataFolder).map((file) => path.basename(file).split('.')[0]);
    expect(left.filter((id) => !ids.has(id))).toEqual([]);

    await closeReport(page);
    await openGallery(page);
    await drop(page, ...files);
    await expectReport(page, `${count - images.length} pictures added`);
    expect(rows('SELECT count(DISTINCT content_hash) AS count FROM user_images')).toEqual([{ count }]);
  });
}
