// Imports: dropped, chosen or saved pictures with their recipes, and files that are skipped with a reason.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pngChunk } from '../../electron/generator/pipeline/test-pictures';
import { accessibilityProblems } from './accessibility';
import { expect, openSettings, pictures, redFox } from './fixture';
import { openGallery } from './gallery-parts';
import {
  closeReport,
  drop,
  expectReport,
  importFolder,
  panel,
  pictureOf,
  storedFiles,
  test,
} from './importing';

/** Adds a recipe as Automatic1111 writes it: https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/Features#png-info */
function withParameters(png: Buffer, text: string): Buffer {
  const chunk = pngChunk('tEXt', Buffer.from(`parameters\0${text}`, 'latin1'));
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

const recipeOf = (prompt: string) =>
  `${prompt}\nNegative prompt: blurry\nSteps: 20, Seed: 4294967295, Size: 96x48, Model: sd15`;

test('imports pictures that are dropped, chosen or saved before, and skips the others with a reason', async ({
  startWithPictures,
  rows,
  dataFolder,
  folder,
  put,
}) => {
  test.slow();
  const { electron, page } = await startWithPictures(redFox);
  const tiles = page.locator('[data-image-id]');
  const tileOf = (name: string) => page.getByRole('gridcell', { name, exact: true });
  const countInGallery = () => rows('SELECT id FROM user_images').length;
  const imported = (columns: string, prompt: string) =>
    rows(`SELECT ${columns} FROM user_images WHERE provider = 'imported' AND prompt = '${prompt}'`);

  await test.step('a picture dropped on the gallery is imported at once and shows its recipe', async () => {
    await openGallery(page);
    await drop(page, put('lake.png', withParameters(pictureOf(1), recipeOf('a lake at noon'))));
    // The notice stays for some seconds only.
    await page.getByRole('button', { name: 'Use in composer' }).click();
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('a lake at noon');
    await page.getByRole('textbox', { name: 'Message' }).fill('');
    await openGallery(page);
    await tileOf('a lake at noon').click();
    const facts = page.getByRole('complementary', { name: 'Recipe' }).locator('dl > div');
    for (const [name, value] of [
      ['Model', 'sd15'],
      ['Service', 'Imported'],
      ['Recipe from', 'Stable Diffusion web UI'],
      ['Seed', '4294967295'],
      ['Negative prompt', 'blurry'],
      ['Steps', '20'],
    ]) {
      await expect(facts.filter({ has: page.getByText(name ?? '', { exact: true }) })).toHaveText(
        `${name}${value}`,
      );
    }
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Chat' }).click();
  });

  const copies = [path.join(folder, 'with.webp'), path.join(folder, 'without.webp')] as const;
  await test.step('a saved copy has the recipe only if the settings say so', async () => {
    async function saveAs(target: string): Promise<void> {
      await electron.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = (...asked: unknown[]) => {
          process.env['SUGGESTED'] = JSON.stringify(asked.at(-1));
          return Promise.resolve({ canceled: false, filePath });
        };
      }, target);
      await pictures(page).hover();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      // The file is there before all of it is written.
      await expect(page.getByText(`Saved as ${target}`)).toBeVisible();
      // The name is the one that an export gives, not the picture's id.
      expect(await electron.evaluate(() => process.env['SUGGESTED'])).toMatch(
        /[/\\]\d{4}-\d\d-\d\d a red fox at dawn\.\w+"/,
      );
    }
    await saveAs(copies[0]);
    await openSettings(page, 'Privacy');
    await page.getByRole('switch', { name: 'Put the recipe into saved copies' }).uncheck();
    await page.getByRole('link', { name: 'Chat' }).click();
    await saveAs(copies[1]);
    const [row] = rows('SELECT image_file AS file FROM messages WHERE image_file IS NOT NULL');
    const kept = readFileSync(path.join(dataFolder, String(row?.['file'])));
    expect(readFileSync(copies[1]).equals(kept)).toBe(true);
    expect(readFileSync(copies[0]).equals(kept)).toBe(false);
  });

  // All went well, so the report has nothing more to say. It waits until nothing below the pointer would move.
  await page.mouse.move(0, 0);
  await expect(panel(page)).toHaveCount(0);

  await test.step('saved copies are recognised with and without their recipe', async () => {
    await drop(page, copies[0]);
    const [row] = rows('SELECT prompt FROM messages WHERE image_file IS NOT NULL');
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue(String(row?.['prompt']));
    // The gallery has the same picture without the recipe in its file.
    await page.getByRole('button', { name: 'Add picture to gallery' }).click();
    await expectReport(page, 'No new pictures');
    await expect(panel(page)).toContainText('already in the gallery');
    await closeReport(page);
    // The gallery has a file with the same bytes.
    await openGallery(page);
    await drop(page, copies[1]);
    await expectReport(page, 'No new pictures');
    await expect(panel(page)).toContainText('already in the gallery');
    await closeReport(page);
  });

  await test.step('a picture dropped on the chat fills the composer and is added on request', async () => {
    const heron = 'a blue heron at dusk';
    const file = put('heron.png', withParameters(pictureOf(2), recipeOf(heron)));
    await page.getByRole('button', { name: 'New chat' }).click();
    await page.getByRole('textbox', { name: 'Message' }).fill('what I was writing');
    await drop(page, file);
    await expect(page.getByTestId('drop-overlay')).toHaveCount(0);
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue(heron);
    await expect(page.getByRole('button', { name: 'Shape: Wide 16:9' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Options: seed 4294967295' })).toBeVisible();
    expect(imported('id', heron)).toEqual([]);
    const notice = page.getByRole('status', { name: 'Notices' }).locator('> *');
    const replaced = notice.filter({ hasText: 'The text in the composer was replaced.' });
    await expect(replaced.getByRole('button', { name: 'Dismiss' })).toBeVisible();

    await page.getByRole('button', { name: 'Add picture to gallery' }).click();
    await expectReport(page, '1 picture added');
    // The report of an import that went well closes by itself, but not under the pointer.
    await panel(page).hover();
    const [row] = imported('model, params, file, created_at', heron);
    expect(row).toMatchObject({ model: 'sd15', created_at: Math.round(statSync(file).mtimeMs) });
    expect(readFileSync(path.join(dataFolder, String(row?.['file']))).equals(readFileSync(file))).toBe(true);

    await replaced.getByRole('button', { name: 'Undo' }).click();
    await expect(replaced).toHaveCount(0);
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('what I was writing');
    await panel(page).getByRole('button', { name: 'Open the gallery' }).click();
    await expect(tileOf(heron)).toBeVisible();
    await closeReport(page);
  });

  await test.step('a folder that is chosen in the dialog is imported', async () => {
    for (let index = 0; index < 3; index += 1) put(`chosen/inner/${index}.png`, pictureOf(10 + index));
    put('chosen/inner/notes.txt', 'Nothing to see.');
    const before = countInGallery();
    await electron.evaluate(
      ({ dialog }, chosen) => {
        dialog.showOpenDialog = (...args: unknown[]) => {
          const isFolder = JSON.stringify(args.at(-1)).includes('openDirectory');
          return Promise.resolve({ canceled: !isFolder, filePaths: isFolder ? [chosen] : [] });
        };
      },
      path.join(folder, 'chosen'),
    );
    await page.getByRole('button', { name: 'Import…' }).click();
    await page
      .getByRole('dialog', { name: 'Import pictures' })
      .getByRole('button', { name: 'A folder…', exact: true })
      .click();
    await importFolder(page);
    await expectReport(page, '3 pictures added');
    await expect(panel(page).getByRole('listitem')).toContainText('notes.txt');
    // It covers nothing: each view begins below it.
    for (const [view, width] of [
      ['Settings', 640],
      ['Chat', 900],
      ['Gallery', 1280],
    ] as const) {
      await electron.evaluate(
        ({ BrowserWindow }, wide) => BrowserWindow.getAllWindows()[0]?.setContentSize(wide, 720),
        width,
      );
      await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
      await page.getByRole('link', { name: view }).click();
      const [report, main] = [panel(page), page.getByRole('main', { name: view })];
      await expect(main).toBeVisible();
      const [above, below] = [await report.boundingBox(), await main.boundingBox()];
      expect((above?.y ?? 0) + (above?.height ?? 0), view).toBeLessThanOrEqual((below?.y ?? 0) + 1);
      expect((below?.y ?? 0) + (below?.height ?? 0), view).toBeLessThanOrEqual(721);
    }
    await expect(tiles).toHaveCount(before + 3);
    await closeReport(page);
  });

  await test.step('a picture whose metadata is too large is imported, and its recipe said to be missing', async () => {
    const files = [
      put('large.png', withParameters(pictureOf(3), `a fox${'\0'.repeat(5_000_000)}x\nSteps: 20`)),
      put('slow.png', withParameters(pictureOf(4), `a lake${'\0'.repeat(1_000_000)}x\nSteps: 20`)),
    ];
    await drop(page, ...files);
    await expectReport(page, '2 pictures added');
    await expect(panel(page).getByText('1 note on an added picture')).toBeVisible();
    await expect(panel(page).getByRole('list', { name: 'Notes on added pictures' })).toHaveText(
      'large.pngwithout its recipe: the metadata is too large to read',
    );
    const newest = 'SELECT prompt FROM user_images ORDER BY id DESC LIMIT 2';
    expect(rows(`SELECT prompt FROM (${newest}) WHERE prompt NOT LIKE 'a lake%'`)).toEqual([
      { prompt: 'large' },
    ]);
    await closeReport(page);
  });

  await test.step('invalid files are skipped with a reason for each', async () => {
    const whole = pictureOf(5);
    const files = [
      put('whole.png', whole),
      put('again.png', whole),
      put('empty.png', ''),
      put('text.png', 'This is no picture.'),
      put('cut.png', whole.subarray(0, whole.length - 30)),
      put('page.html', '<!doctype html><title>Page</title>'),
    ];
    const before = countInGallery();
    await expect(page.getByRole('button', { name: 'Import…' })).toBeVisible();
    await page.getByTestId('import-files').setInputFiles(files);
    await expectReport(page, '1 picture added');
    // More than a few wait behind their summary.
    await panel(page)
      .getByText(/files left out/)
      .click();
    for (const [name, reason] of [
      ['empty.png', 'empty'],
      ['text.png', 'not a PNG'],
      ['cut.png', 'incomplete'],
      ['page.html', 'not a PNG'],
    ] as const) {
      await expect(panel(page).getByRole('listitem').filter({ hasText: name })).toContainText(reason);
    }
    await expect(panel(page)).toContainText('already in the gallery');
    await expect(tiles).toHaveCount(before + 1);
    await expect(page.getByRole('gridcell', { name: /^(whole|again)$/ }).locator('img')).toHaveJSProperty(
      'complete',
      true,
    );
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityProblems(page), colorScheme).toEqual([]);
    }
    expect(rows('SELECT count(*) AS count FROM import_intents')).toEqual([{ count: 0 }]);
    // No temporary file is left beside the picture, its recipe and its thumbnails.
    expect(storedFiles(dataFolder).filter((file) => /\.(arrived|part)/.test(file))).toEqual([]);
  });
});
